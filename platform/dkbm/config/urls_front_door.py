"""URLs of the operators' front door (the bare domain)."""

from django.conf import settings
from django.urls import include, path

from dkbm.cms.views import front_door, look

handler400 = "dkbm.core.error_pages.bad_request"
handler403 = "dkbm.core.error_pages.forbidden"
handler404 = "dkbm.core.error_pages.not_found"
handler500 = "dkbm.core.error_pages.server_error"

urlpatterns = [
    path("", front_door.networks, name="front_door"),
    path("impressum/", front_door.imprint, name="front_door_imprint"),
    path("datenschutz/", front_door.privacy, name="front_door_privacy"),
    path("konto/", include("dkbm.accounts.urls_front_door")),
    path("konto/", include("dkbm.accounts.urls_entrance")),
    path("betrieb/", include("dkbm.accounts.urls_operation")),
    path("look/<str:version>.css", look.stylesheet, name="look"),
]

if settings.PROFILE == "demo":
    urlpatterns.append(path("postfach/", include("dkbm.demo.postfach.urls")))
