"""URLs of what was written to many, below ``/rundschreiben/``: each one, and those to the whole network."""

from django.urls import path

from .views import announcements

app_name = "announcements"
urlpatterns = [
    path("", announcements.own_list, name="list"),
    path("neu/", announcements.write_to_network, name="write"),
    path("<int:announcement_id>/", announcements.read, name="read"),
    path("<int:announcement_id>/gelesen/", announcements.mark_read, name="mark_read"),
]
