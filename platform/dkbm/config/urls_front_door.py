"""URLs of the operators' front door (the bare domain)."""

from django.urls import path

from dkbm.cms.views import front_door

handler403 = "dkbm.core.error_pages.forbidden"
handler404 = "dkbm.core.error_pages.not_found"
handler500 = "dkbm.core.error_pages.server_error"

urlpatterns = [
    path("", front_door.networks, name="front_door"),
]
