"""Rooms alike: which files an app may have, in which order they import, what they show to others.

The rules are told in ``platform/docs/architecture.md``. Each one is a function of sources; a made-up house that breaks
it stands in the rule's own test.
"""

from __future__ import annotations

import ast

import pytest

from tests.architecture.imports_graph import Sources, app_of, cycles, imports, own_sources, room_of
from tests.architecture.shown import SHOWN

ORDER = (
    ("urls",),
    ("views", "consumers"),
    ("forms",),
    ("tasks",),
    ("domain",),
    ("live",),
    ("rules",),
    ("models",),
    ("enums",),
)
RANK = {room: rank for rank, rooms in enumerate(ORDER) for room in rooms}
INNER_ROOMS = {"urls", "views", "forms", "tasks", "consumers"}
"""Nobody but the app itself (and ``dkbm.config``, which puts the house together) imports these."""
WITHOUT_ROOMS = {"dkbm.core", "dkbm.tenancy", "dkbm.launcher", "dkbm.config"}
"""Kernel, locks and roots: their files are named by what they do."""

ROOMS = {
    "apps", "models", "enums", "rules", "errors", "forms", "urls", "views", "domain", "panels", "registrations",
    "live", "tasks", "consumers", "cms", "wagtail_hooks", "management", "schemas", "kinds", "actions", "facets",
    "places",
}  # fmt: skip
"""Files and folders that any app may have; ``actions``, ``facets``, ``kinds``, ``places``, ``schemas`` only declare."""

OWN_ROOMS: dict[str, set[str]] = {
    "dkbm.accounts": {
        "adapter", "attempts", "backends", "decorators", "hooks", "personal_data", "second_factor",
        "secrets", "signup_choices", "templatetags",
    },
    "dkbm.audit": {"log", "sentences"},
    "dkbm.cms": {
        "accent", "basepage", "blocks", "bound_pages", "context", "contrast", "document_changes", "founding",
        "desk", "frame", "gate", "gate_lists", "handbook", "logos", "page_contexts", "plain_input", "published",
        "roles", "showing", "streams", "templatetags", "unreadable",
    },
    "dkbm.demo": {"postfach"},
    "dkbm.editorial": {"blocks"},
    "dkbm.events": {"participants_csv", "periods", "questions"},
    "dkbm.imports": {"mending", "problems", "reading", "references"},
    "dkbm.live": {"broadcast", "channels", "groups", "hub", "outlet", "rights", "routing", "sessions", "watch"},
    "dkbm.inbound": {"door", "server"},
    "dkbm.notifications": {"answers", "checks", "scopes", "selections"},
    "dkbm.printing": {"documents", "letterhead", "letters", "rich_text", "serving", "templates", "typesetting"},
    "dkbm.privacy": {"registry"},
    "dkbm.search": {
        "api", "compounds", "engines", "extracting", "marking", "ordinary", "questions", "rates", "receivers",
        "registry", "server", "stems", "synonyms", "text", "types",
    },
    "forum": {"parts", "text"},
    "goodpractice": {"api", "blocks", "feed", "links"},
}  # fmt: skip
"""What an app has beside them: registries for the apps above, and its own trade. A new line needs a reason."""

LONGEST, LONGEST_VIEW = 40, 20


def wrong_order(sources: Sources) -> list[str]:
    """Imports inside an app that go up."""
    return sorted(
        f"{module} -> {target}"
        for module, targets in imports(sources).items()
        for target in targets
        if app_of(module) == app_of(target)
        and room_of(module) in RANK
        and room_of(target) in RANK
        and RANK[room_of(target)] < RANK[room_of(module)]
    )


def through_the_wall(sources: Sources) -> list[str]:
    """Imports of another app's inner rooms."""
    return sorted(
        f"{module} -> {target}"
        for module, targets in imports(sources).items()
        for target in targets
        if app_of(module) not in {app_of(target), "dkbm.config"}
        and app_of(target) not in WITHOUT_ROOMS
        and room_of(target) in INNER_ROOMS
    )


def shown(sources: Sources) -> dict[str, set[str]]:
    """App -> its modules that other apps import; kernel, locks and the composition root left out."""
    found: dict[str, set[str]] = {}
    for module, targets in imports(sources).items():
        for target in targets:
            app = app_of(target)
            if app_of(module) not in {app, "dkbm.config"} and app not in WITHOUT_ROOMS:
                found.setdefault(app, set()).add(target.removeprefix(f"{app}.").removesuffix(".__init__"))
    return found


def unknown_rooms(sources: Sources) -> list[str]:
    return sorted(
        f"{app}.{room}"
        for app, room in {(app_of(module), room_of(module)) for module in sources if module != "dkbm.__init__"}
        if app not in WITHOUT_ROOMS and room not in {*ROOMS, *OWN_ROOMS.get(app, set()), "__init__"}
    )


def long_functions(sources: Sources) -> dict[str, int]:
    """``module.function`` -> lines, where there are more than the rule allows."""
    return {
        f"{module}.{node.name}": lines
        for module, text in sources.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (lines := node.end_lineno - node.lineno + 1) > (LONGEST_VIEW if room_of(module) == "views" else LONGEST)
    }


def test_files_of_an_app_import_downwards() -> None:
    assert wrong_order(own_sources()) == []


def test_import_upwards_is_found() -> None:
    house = {
        "forum.models": "",
        "forum.domain.posts": "from forum.views import posts\nfrom ..models import Post",
        "forum.views.posts": "",
    }
    assert wrong_order(house) == ["forum.domain.posts -> forum.views.posts"]


def test_nobody_enters_another_apps_inner_rooms() -> None:
    assert through_the_wall(own_sources()) == []


def test_import_of_another_apps_view_is_found() -> None:
    house = {
        "workgroups.views.__init__": "",
        "workgroups.domain.groups": "",
        "forum.domain.posts": "from workgroups.views import x\nfrom workgroups.domain.groups import y",
        "dkbm.config.urls": "from workgroups.views import x",
    }
    assert through_the_wall(house) == ["forum.domain.posts -> workgroups.views.__init__"]


def test_others_use_of_an_app_what_it_shows() -> None:
    assert shown(own_sources()) == SHOWN


def test_use_of_what_is_not_shown_is_found() -> None:
    house = {
        "workgroups.models.__init__": "",
        "workgroups.domain.founding": "",
        "forum.domain.posts": "from workgroups.models import x\nfrom workgroups.domain import founding",
        "dkbm.config.urls": "from workgroups import domain",
        "dkbm.core.text": "",
        "forum.text": "from dkbm.core.text import x",
    }
    assert shown(house) == {"workgroups": {"models", "domain.founding"}}


def test_files_lead_nowhere_back_to_themselves() -> None:
    assert cycles(imports(own_sources())) == []


def test_cycle_is_found() -> None:
    house = {"forum.a": "from forum import b", "forum.b": "def f():\n    from .c import x", "forum.c": "import forum.a"}
    assert cycles(imports(house)) == [["forum.a", "forum.b", "forum.c"]]


def test_every_room_has_a_known_name() -> None:
    assert unknown_rooms(own_sources()) == []


def test_lists_of_own_rooms_hold_nothing_that_is_gone() -> None:
    present = {(app_of(module), room_of(module)) for module in own_sources()}
    assert [f"{app}.{room}" for app, rooms in OWN_ROOMS.items() for room in rooms if (app, room) not in present] == []


def test_room_with_a_name_of_its_own_is_found() -> None:
    assert unknown_rooms({"forum.models": "", "forum.helpers": "", "dkbm.core.anything": ""}) == ["forum.helpers"]


def test_functions_stay_short() -> None:
    assert long_functions(own_sources()) == {}


@pytest.mark.parametrize(("module", "limit"), [("forum.domain.posts", LONGEST), ("forum.views.posts", LONGEST_VIEW)])
def test_long_function_is_found(module: str, limit: int) -> None:
    """``def`` and one line for each further statement."""
    fits, too_long = (
        f"def f():\n{'    x = 1' + chr(10)}" + "    x = 1\n" * (lines - 2) for lines in (limit, limit + 1)
    )
    assert long_functions({module: fits}) == {}
    assert long_functions({module: too_long}) == {f"{module}.f": limit + 1}
