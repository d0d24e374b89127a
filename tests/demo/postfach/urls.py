"""The front door of a demo copy, as far as the mailbox needs it."""

from django.urls import include, path

from dkbm.config import urls_front_door

handler404 = "dkbm.core.error_pages.not_found"
urlpatterns = [
    *urls_front_door.urlpatterns,
    path("postfach/", include("dkbm.demo.postfach.urls")),
]
