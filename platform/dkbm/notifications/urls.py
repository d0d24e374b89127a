"""URLs of the member's own notifications, below ``/benachrichtigungen/``."""

from django.urls import path

from .views import own

app_name = "notifications"
urlpatterns = [
    path("", own.notification_list, name="list"),
    path("e-mails/", own.wishes, name="wishes"),
    path("zahl/", own.count, name="count"),
    path("adresse/", own.try_address, name="try_address"),
    path("gelesen/", own.read_all, name="read_all"),
    path("<uuid:notification_id>/", own.open_notification, name="open"),
]
