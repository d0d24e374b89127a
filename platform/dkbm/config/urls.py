"""URLs of a network's host. The contract stands in platform/docs/architecture.md."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls

from dkbm.cms.views import files, look

handler403 = "dkbm.core.error_pages.forbidden"
handler404 = "dkbm.core.error_pages.not_found"
handler500 = "dkbm.core.error_pages.server_error"

urlpatterns = [
    path("cms/", include(wagtailadmin_urls)),
    path("datei/<int:network_id>/<path:name>", files.serve_file, name="file"),
    path("look/<str:version>.css", look.stylesheet, name="look"),
    path("dokument/<int:document_id>/<path:filename>", files.serve_document, name="wagtaildocs_serve"),
    path("", include(wagtail_urls)),
]
