"""From a URL pattern and a world to the requests that ask for that world's objects.

Of several objects of one kind the first is the one that most people may see: the home page, what is public, a member.
Weaker roles are asked for the others only where they are not refused that one.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from dkbm.cms.gate import is_open
from tests.access.urls import Pattern
from tests.access.worlds import World

BY_PARAMETER = {
    "page_id": ("page",),
    "parent_page_id": ("page",),
    "page_to_move_id": ("page",),
    "page_pk": ("page",),
    "destination_id": ("page",),
    "revision_id": ("revision",),
    "revision_id_a": ("revision",),
    "revision_id_b": ("revision",),
    "task_state_id": ("task_state",),
    "task_id": ("task",),
    "workflow_state_id": ("workflow_state",),
    "workflow_pk": ("workflow",),
    "image_id": ("image",),
    "document_id": ("document",),
    "doc_id": ("document",),
    "uploaded_file_id": ("uploaded_file",),
    "collection_id": ("collection",),
    "redirect_id": ("redirect",),
    "session_id": ("session",),
    "object_id": ("page", "image"),
    "network_id": ("network",),
    "page_view_restriction_id": ("restriction",),
    "membership_id": ("membership",),
    "domain_id": ("domain",),
    "function_id": ("function",),
    "mail_id": ("mail",),
    "incoming_id": ("incoming",),
    "address_id": ("dead_address",),
    "search_id": ("saved_search",),
    "notification_id": ("notification",),
    "announcement_id": ("announcement",),
    "subgroup": ("subgroup_slug",),
    "space_slug": ("space_slug",),
    "topic_id": ("topic",),
    "post_id": ("post",),
    "poll_id": ("poll",),
    "draft_id": ("draft",),
    "signed": ("event_link",),
    "switch": ("switch_link",),
    "person_id": ("person",),
    "portrait_key": ("portrait",),
}
"""URL parameter -> keys of the world that it may stand for."""

BY_NAME = {
    ("wagtailadmin_api:pages", "pk"): ("page",),
    ("wagtailadmin_api:documents", "pk"): ("document",),
    ("wagtailadmin_api:images", "pk"): ("image",),
    ("wagtailadmin_pages", "pk"): ("page",),
    ("wagtailadmin_collections", "pk"): ("collection",),
    ("wagtailadmin_workflows:edit_task", "pk"): ("task",),
    ("wagtailadmin_workflows:disable_task", "pk"): ("task",),
    ("wagtailadmin_workflows:enable_task", "pk"): ("task",),
    ("wagtailadmin_workflows", "pk"): ("workflow",),
    ("wagtailsettings", "pk"): ("site",),
    ("wagtaildocs_chooser", "pk"): ("document",),
    ("wagtailimages_chooser", "pk"): ("image",),
    ("wagtailsites", "pk"): ("site",),
    ("wagtailusers_groups", "pk"): ("site",),
    ("wagtailusers_users", "pk"): ("person",),
    ("file", "name"): ("file",),
    ("workgroups", "slug"): ("workgroup_slug",),
    ("workgroups", "pk"): ("group_membership",),
    ("forum", "slug"): ("topic_slug",),
    ("events", "slug"): ("event_slug",),
    ("api", "slug"): ("item_slug",),
    ("goodpractice", "slug"): ("item_slug",),
    ("glossary", "slug"): ("term_slug",),
    ("dkbm_catalogue", "pk"): ("item",),
    ("dkbm_item_chooser", "pk"): ("item",),
    ("dkbm_publications", "pk"): ("publication",),
    ("dkbm_glossary", "pk"): ("term",),
    ("wagtaildocs_serve", "filename"): ("document_name",),
    ("wagtail_serve", "0"): ("page_path",),
    ("share_picture", "signed"): ("signed_title",),
}
"""(start of the pattern's name, parameter) -> keys; the longest start wins."""

FIXED: dict[tuple[str, str], tuple[str, ...]] = {
    ("", "content_type_app_name"): ("cms",),
    ("", "content_type_model_name"): ("standardpage",),
    ("wagtailadmin_pages:choose_parent", "app_label"): ("cms",),
    ("wagtailadmin_pages:choose_parent", "model_name"): ("standardpage",),
    ("wagtailadmin_workflows:add_task", "app_label"): ("wagtailcore",),
    ("wagtailadmin_workflows:add_task", "model_name"): ("groupapprovaltask",),
    ("wagtailadmin_editing_sessions", "app_label"): ("cms",),
    ("wagtailadmin_editing_sessions", "model_name"): ("standardpage", "networkimage"),
    ("wagtailadmin_tag_model_autocomplete", "app_name"): ("cms",),
    ("wagtailadmin_tag_model_autocomplete", "model_name"): ("networktag",),
    ("wagtailsettings", "app_name"): ("cms",),
    ("wagtailsettings", "model_name"): ("networklook",),
    ("wagtailadmin_api:pages:action", "action_name"): ("copy", "delete", "publish", "unpublish", "move"),
    ("wagtailadmin_pages:workflow_action", "action_name"): ("approve", "reject"),
    ("wagtailadmin_pages:collect_workflow_action_data", "action_name"): ("approve",),
    ("", "filter_spec"): ("width-20",),
    ("", "version"): ("0b5a5e",),
    ("dkbm_cms_look_preview_css", "colour"): ("0b5a5e",),
    ("accounts:portrait", "size"): ("klein", "gross"),
    ("look_icon", "kind"): ("svg", "png"),
    ("picture", "shape"): ("ganz",),
    ("picture", "width"): ("40",),
    ("picture", "kind"): ("webp",),
    ("", "uidb64"): ("MQ",),
    ("", "uidb36"): ("1",),
    ("", "key"): ("abc",),
    ("", "token"): ("set-password",),
}  # fmt: skip

TOGETHER: dict[str, tuple[tuple[str, ...], ...]] = {
    "wagtail_bulk_action": (
        *(("basepage", "basepage", action) for action in ("move", "delete", "publish", "unpublish")),
        *(("cms", "networkimage", action) for action in ("delete", "add_tags", "add_to_collection")),
        *(("cms", "networkdocument", action) for action in ("delete", "add_tags", "add_to_collection")),
    ),
}
"""Name -> the values of all its parameters that make sense together."""

QUERIES = (
    "?q={marker}",
    "?id={page}&id={image}&id={document}",
    "?collection_id={collection}&tag={marker}&site={site}&user={person}&owner={person}&locked_by={person}",
    "?url=http://{host}/{marker}-live/&parent_page_id={page}&link_text=x&term={marker}&fields=*&child_of={page}",
)
"""Asked of every view that reads one of their names; ids are the asked world's."""

BULK_QUERY = "?id={page}&id={image}&id={document}"
"""The objects of a bulk action stand in its query, whatever the method."""

MOST_COMBINATIONS = 8
CMS_ROLES = ("editor", "manager")


@dataclass(frozen=True)
class Asked:
    """One request: the pattern's name and the path with its query."""

    name: str
    path: str


def values_for(pattern: Pattern, parameter: str, world: World) -> list[str]:
    """What the parameter may be in this world; empty when nobody has said so (a test reports it)."""
    if pattern.name in TOGETHER:
        return [values[pattern.parameters.index(parameter)] for values in TOGETHER[pattern.name]]
    if fixed := _longest(FIXED, pattern.name, parameter):
        return list(fixed)
    keys = _longest(BY_NAME, pattern.name, parameter) or BY_PARAMETER.get(parameter, ())
    return [str(value) for key in keys for value in world.keys[key]]


def _longest(table: dict[tuple[str, str], tuple[str, ...]], name: str, parameter: str) -> tuple[str, ...]:
    starts = [start for start, wanted in table if wanted == parameter and name.startswith(start)]
    return table[(max(starts, key=len), parameter)] if starts else ()


def requests_for(pattern: Pattern, world: World) -> list[Asked]:
    """Every request to the pattern that names an object of ``world``."""
    query = fill_query(BULK_QUERY, world) if pattern.name == "wagtail_bulk_action" else ""
    return [Asked(pattern.name, f"/{_fill(pattern, values)}{query}") for values in _combinations(pattern, world)]


def _combinations(pattern: Pattern, world: World) -> list[tuple[str, ...]]:
    if pattern.name in TOGETHER:
        return list(TOGETHER[pattern.name])
    choices = [values_for(pattern, parameter, world) for parameter in pattern.parameters]
    return list(itertools.islice(itertools.product(*choices), 1 if is_closed(pattern) else MOST_COMBINATIONS))


def requests_as(role: str, pattern: Pattern, world: World) -> list[Asked]:
    """Those of :func:`requests_for` that can differ for ``role``: whoever may not enter the CMS is turned away there
    before a view looks at the object, and one request shows that."""
    asked = requests_for(pattern, world)
    return asked if may_enter(role, pattern) else asked[:1]


def may_enter(role: str, pattern: Pattern) -> bool:
    return role in CMS_ROLES or not pattern.route.startswith("cms/")


def is_closed(pattern: Pattern) -> bool:
    """Does the gate refuse the view before it runs? One request shows that, whatever the object."""
    return pattern.route.startswith("cms/") and not is_open(pattern.name)


def _fill(pattern: Pattern, values: tuple[str, ...]) -> str:
    if pattern.name == "wagtail_serve":
        return values[0]
    route = pattern.route
    for parameter, value in zip(pattern.parameters, values, strict=True):
        route = re.sub(rf"<(?:\w+:)?{parameter}>|\(\?P<{parameter}>[^)]*\)", lambda _match, v=value: v, route, count=1)
    return route.replace("^", "").replace("\\.", ".").rstrip("$")


def fill_query(template: str, world: World) -> str:
    first = {key: values[0] for key, values in world.keys.items() if values}
    return template.format(**{**first, "marker": world.marker.lower(), "host": world.network.host})
