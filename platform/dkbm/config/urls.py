"""URLs of a network's host. The contract stands in platform/docs/architecture.md."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from dkbm.cms.views import account, files, look
from dkbm.config.api import api

handler403 = "dkbm.core.error_pages.forbidden"
handler404 = "dkbm.core.error_pages.not_found"
handler500 = "dkbm.core.error_pages.server_error"

urlpatterns = [
    path("cms/account/", account.settings, name="wagtailadmin_account"),
    path("cms/", include(wagtailadmin_urls)),
    path("konto/", include("dkbm.accounts.urls")),
    path("konto/", include("allauth.urls")),
    path("verwaltung/mails/", include("dkbm.notifications.urls_management")),
    path("verwaltung/", include("dkbm.accounts.urls_management")),
    path("ag/", include("workgroups.urls")),
    path("forum/", include("forum.urls")),
    path("katalog/", include("goodpractice.urls")),
    path("veranstaltungen/", include("dkbm.events.urls")),
    path("", include("dkbm.search.urls")),
    path("benachrichtigungen/", include("dkbm.notifications.urls")),
    path("api/v1/", api.urls),
    path("datei/<int:network_id>/<path:name>", files.serve_file, name="file"),
    path("look/<str:version>.css", look.stylesheet, name="look"),
    path("dokument/<int:document_id>/<path:filename>", files.serve_document, name="wagtaildocs_serve"),
    path("", include(wagtail_urls)),
]
