"""URLs of a network's host. The contract stands in platform/docs/architecture.md.

Of other people's packages single views are mounted, never a whole list; ``/cms/`` is the exception, behind lock 3.
Whom each URL is for stands in ``url_list``.
"""

from django.urls import include, path, re_path
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.urls import serve_pattern

from dkbm.cms.views import account, files, look, sharing
from dkbm.config.api import api
from dkbm.config.gate import closed
from dkbm.config.robots import robots
from dkbm.search.views import sitemap

handler400 = "dkbm.core.error_pages.bad_request"
handler403 = "dkbm.core.error_pages.forbidden"
handler404 = "dkbm.core.error_pages.not_found"
handler500 = "dkbm.core.error_pages.server_error"

urlpatterns = [
    path("cms/account/", account.settings, name="wagtailadmin_account"),
    path("cms/logout/", account.sign_out, name="wagtailadmin_logout"),
    path("cms/", include(wagtailadmin_urls)),
    path("konto/", include("dkbm.accounts.urls")),
    path("konto/", include("dkbm.accounts.urls_entrance")),
    path("hilfe/", include("dkbm.accounts.urls_help")),
    path("verwaltung/mails/", include("dkbm.notifications.urls_management")),
    path("verwaltung/", include("dkbm.accounts.urls_management")),
    path("ag/", include("workgroups.urls")),
    path("rundschreiben/", include("workgroups.urls_announcements")),
    path("forum/", include("forum.urls")),
    path("katalog/", include("goodpractice.urls")),
    path("veranstaltungen/", include("dkbm.events.urls")),
    path("suche/gemerkt/", include("dkbm.savedsearch.urls")),
    path("glossar/", include("dkbm.glossary.urls")),
    path("", include("dkbm.search.urls")),
    path("benachrichtigungen/antworten/", include("dkbm.inbound.urls")),
    path("abbestellen/", include("dkbm.notifications.urls_links")),
    path("benachrichtigungen/", include("dkbm.notifications.urls")),
    path("api/v1/", api.urls),
    path(
        "datei/bild/<int:image_id>/<str:version>/<str:shape>-<int:width>.<str:kind>",
        files.serve_picture,
        name="picture",
    ),
    path("datei/<int:network_id>/<path:name>", files.serve_file, name="file"),
    path("look/<str:version>.css", look.stylesheet, name="look"),
    path("look/<str:version>/zeichen.<str:kind>", sharing.look_icon, name="look_icon"),
    path("look/teilen/<str:signed>.png", sharing.picture, name="share_picture"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("dokument/<int:document_id>/<path:filename>", files.serve_document, name="wagtaildocs_serve"),
    # Wagtail asks for these names; its own sign-in knows no second factor, no rate limit and no verified address.
    path("_util/login/", closed, name="wagtailcore_login"),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        closed,
        name="wagtailcore_authenticate_with_password",
    ),
    re_path(serve_pattern, wagtail_views.serve, name="wagtail_serve"),
]
