"""URLs of notifications, below ``/benachrichtigungen/``."""

from django.urls import path

from . import views

app_name = "notifications"
urlpatterns = [
    path("", views.failed_list, name="failed"),
    path("<int:mail_id>/erneut-senden/", views.repeat, name="repeat"),
]
