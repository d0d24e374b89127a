"""Hooks into Wagtail: pages that belong to a row are not deleted, moved or copied; private pages are for members."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError as DjangoValidationError
from django.forms import Media
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import path
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from rest_framework.exceptions import ValidationError
from wagtail import hooks
from wagtail.admin.action_menu import ActionMenuItem, PublishMenuItem, SaveDraftMenuItem
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.menu import DismissibleMenuItem
from wagtail.models import PageViewRestriction

from dkbm.cms import handbook  # noqa: F401 - registers its menu item and its page
from dkbm.cms.basepage.models import BasePage
from dkbm.cms.bound_pages import REFUSED_ACTIONS, explorer_url, refusals, refuse
from dkbm.cms.desk import BeginPanel, WaitingPanel
from dkbm.cms.domain.look import accent, stylesheet_path
from dkbm.cms.views.editing import hold_rows
from dkbm.cms.views.look import preview, preview_stylesheet
from dkbm.core.forms import LineField
from dkbm.core.views import number_from
from dkbm.tenancy.http import NetworkRequest

hold_rows()


@hooks.register("before_delete_page")
@hooks.register("before_copy_page")
@hooks.register("before_convert_alias_page")
def keep_bound_page(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    return refuse(request, [page], explorer_url(page))


@hooks.register("before_move_page")
def keep_bound_page_in_place(request: HttpRequest, page: BasePage, destination: BasePage) -> HttpResponse | None:
    return refuse(request, [page], explorer_url(page))


@hooks.register("before_copy_page")
def keep_paths_free_of_copies(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    """The form of a copy is Wagtail's and knows no reserved names."""
    if request.method != "POST":
        return None
    parent = BasePage.objects.filter(pk=number_from(request.POST.get("new_parent_page"))).first() or page.get_parent()
    return _keep_path_free(request, page, request.POST.get("new_slug", ""), parent)


@hooks.register("before_copy_page")
def keep_titles_in_one_line(request: HttpRequest, page: BasePage) -> HttpResponse | None:
    """Nor does it know how long a title may be, and what must not stand in one."""
    if request.method != "POST":
        return None
    field = LineField(required=False, max_length=BasePage._meta.get_field("title").max_length)
    try:
        field.clean(request.POST.get("new_title", ""))
    except DjangoValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("wagtailadmin_pages:copy", page.pk)
    return None


@hooks.register("before_move_page")
def keep_paths_free_of_moves(request: HttpRequest, page: BasePage, destination: BasePage) -> HttpResponse | None:
    return _keep_path_free(request, page, page.slug, destination)


def _keep_path_free(request: HttpRequest, page: BasePage, slug: str, parent: Any) -> HttpResponse | None:
    try:
        page.specific_class.validate_path(slug, parent.depth)
    except DjangoValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(explorer_url(page))
    return None


@hooks.register("before_bulk_action")
def keep_bound_pages(request: HttpRequest, action_type: str, objects: list[Any], action: Any) -> HttpResponse | None:
    pages = [page for page in objects if isinstance(page, BasePage)]
    if action_type not in REFUSED_ACTIONS:
        return None
    if refused := refuse(request, pages, action.next_url):
        return refused
    if action_type != "move":
        return None
    destination = action.cleaned_form.cleaned_data["chooser"]
    return next(filter(None, (_keep_path_free(request, page, page.slug, destination) for page in pages)), None)


@hooks.register("before_serve_page")
def keep_private_page_for_members(
    page: BasePage, request: NetworkRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    """Wagtail's "logged-in users" are our members: who waits for admission may sign in too.

    Costs a query for those who wait alone; Wagtail itself asks guests to sign in.
    """
    if request.visitor.is_guest or request.visitor.is_member:
        return None
    if not page.get_view_restrictions().filter(restriction_type=PageViewRestriction.LOGIN).exists():
        return None
    response = render(request, "cms/not_admitted.html", status=403)
    add_never_cache_headers(response)
    return response


@hooks.register("register_admin_urls")
def look_preview_urls() -> list[object]:
    return [
        path("aussehen/vorschau/", preview, name="dkbm_cms_look_preview"),
        path("aussehen/vorschau/<str:colour>.css", preview_stylesheet, name="dkbm_cms_look_preview_css"),
    ]


@hooks.register("insert_global_admin_css")
def colours_of_the_network() -> SafeString:
    sheets = ((stylesheet_path(accent()),), (static("cms.css"),))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("construct_help_menu")
def leave_out_foreign_help(request: HttpRequest, items: list[Any]) -> None:
    """Wagtail's news and guide stand elsewhere, in English; the handbook is in the menu."""
    items[:] = [item for item in items if not isinstance(item, DismissibleMenuItem)]


@hooks.register("construct_homepage_panels")
def show_desk(request: HttpRequest, panels: list[Any]) -> None:
    panels.extend([BeginPanel(), WaitingPanel()])


class InSight(ActionMenuItem):
    """Several buttons beside each other, where Wagtail shows the first alone and hides the others behind an arrow."""

    def __init__(self, *items: ActionMenuItem) -> None:
        super().__init__(order=items[0].order)
        self.items = items

    def render_html(self, parent_context: Any) -> SafeString:
        return format_html_join(" ", "{}", ((item.render_html(parent_context),) for item in self.items))

    @property
    def media(self) -> Media:
        return sum((item.media for item in self.items), Media())


@hooks.register("construct_page_action_menu")
def publish_in_sight(items: list[Any], request: HttpRequest, context: dict[str, Any]) -> None:
    """Saving stays the first button, so that the enter key publishes nothing."""
    publish = next((item for item in items if isinstance(item, PublishMenuItem)), None)
    if publish and isinstance(items[0], SaveDraftMenuItem):
        items.remove(publish)
        items[0] = InSight(items[0], publish)


class GuardedPagesAPI(PagesAdminAPIViewSet):
    """The CMS's own API runs no hooks; its answer carries the same sentences."""

    def action_view(self, request: Any, pk: int, action_name: str) -> Any:
        if action_name in REFUSED_ACTIONS and (sentences := refusals([self.get_object()])):
            raise ValidationError({"page": sentences})
        return super().action_view(request, pk, action_name)


@hooks.register("construct_admin_api")
def guard_pages_api(router: Any) -> None:
    router.register_endpoint("pages", GuardedPagesAPI)
