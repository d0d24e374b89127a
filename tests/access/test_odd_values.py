"""Odd values, and none at all, for every name that a view reads from its query or form: never an error of ours.
What Wagtail's views cannot read is a bad request (``dkbm.cms.unreadable``)."""

from __future__ import annotations

import copy
import traceback
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client
from django.urls import resolve

from dkbm.cms.models import NetworkTag
from dkbm.config import urls
from dkbm.tenancy.context import bind
from tests.access.crafting import crafted, only_for
from tests.access.query_names import ANY, recording
from tests.access.requests import is_closed, requests_as
from tests.access.urls import Pattern, network_patterns
from tests.access.walk import NEVER_ASKED, STRONGEST, client_for
from tests.access.worlds import Worlds

pytestmark = pytest.mark.usefixtures("plain_rendering")

MISSING = None
ODD = (MISSING, "", "x", "{}", "999", 20 * "9", "²", "a.b")
BODIES = ("", "x", "[]", "null", '{"x": {}}')
METHODS = {"post": BODIES, "put": ("[]",), "patch": ("[]",), "delete": ("",)}


class Asking:
    """A browser whose writes are taken back. ``faults``: what ended as an error of ours."""

    def __init__(self, client: Client) -> None:
        self.client = client
        self.asked = 0
        self.faults: list[str] = []
        self._errors: list[str] = []
        got_request_exception.connect(self._note)

    def _note(self, **_sent: Any) -> None:
        self._errors.append(traceback.format_exc().strip().splitlines()[-1])

    def ask(self, method: str, path: str, *sent: Any, **further: Any) -> int:
        cookies = copy.deepcopy(self.client.cookies)
        with transaction.atomic():
            response = getattr(self.client, method)(path, *sent, **further)
            if response.streaming:
                list(response.streaming_content)  # the last part closes the file
            transaction.set_rollback(True)
        self.client.cookies = cookies
        self.asked += 1
        return int(response.status_code)

    def must_not_fail(self, what: str, method: str, path: str, *sent: Any, **further: Any) -> None:
        if (status := self.ask(method, path, *sent, **further)) >= 500:
            self.faults.append(f"{method} {path} {what}: {status} {self._errors[-1:]}")


def names_read(asking: Asking, method: str, path: str, *forms: dict[str, Any]) -> set[str]:
    """What fails while names are noted fails in the noting query, which is none of Wagtail's: asked once more."""
    for form in forms:
        asking.must_not_fail("as it is", method, path, form)
    with recording() as names:
        for form in forms:
            asking.ask(method, path, form)
        return set(names)


def variants(form: dict[str, Any], names: set[str], known: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each name by itself. Those that the view only walks through are odd together. ``known``: names of which this view
    was asked already, at another address."""
    for name in sorted(names - known - {ANY}):
        for value in ODD:
            rest = {key: each for key, each in form.items() if key != name}
            yield f"{name}={value}", rest if value is MISSING else rest | {name: value}
    if ANY in names - known:
        for value in ODD[1:]:
            yield f"{ANY}={value}", form | {name: value for name in form if name not in names}
    known |= names


def view_of(path: str) -> str:
    """Stands at several addresses, or as one class of Wagtail's behind several models."""
    view = resolve(path.partition("?")[0], urls.__name__).func
    view = getattr(view, "view_class", view)
    name = getattr(view, "__qualname__", "")
    return f"{view.__module__}.{name}" if name else repr(view)


def walk(asking: Asking, pattern: Pattern, worlds: Worlds, known: dict[tuple[str, str], set[str]]) -> None:
    """The first object of the address alone: it is what is sent that is odd."""
    path = requests_as(STRONGEST, pattern, worlds.own)[0].path
    view = view_of(path)
    names = names_read(asking, "get", path, {})
    for what, query in variants({}, names, known.setdefault((view, "get"), set())):
        asking.must_not_fail(what, "get", path.partition("?")[0], query)
    form = crafted(worlds.own) | only_for(pattern.name, worlds.own)
    names = names_read(asking, "post", path, form, {})
    for what, sent in variants(form, names, known.setdefault((view, "post"), set())):
        asking.must_not_fail(what, "post", path, sent)
    for method, bodies in METHODS.items():
        for body in bodies:
            asking.must_not_fail(body, method, path, body, content_type="application/json")


SMALLEST: list[tuple[str, str, dict[str, Any]]] = [
    ("get", "/cms/api/main/pages/?offset=99999999999999999999", {}),
    ("get", "/cms/api/main/pages/find/?id=x", {}),
    ("get", "/cms/bulk/basepage/basepage/move/?id={}", {}),
    ("get", "/cms/workflows/edit/{workflow}/?p=999", {}),
    ("post", "/cms/pages/create/cms/standardpage", {"parent_page": "x"}),
    ("post", "/cms/pages/add/cms/standardpage/{home}/", {}),
    ("post", "/cms/pages/add/cms/standardpage/{home}/", {"body-count": "{}"}),
    ("post", "/cms/pages/add/cms/standardpage/{home}/", {"body-count": "1"}),
    ("post", "/cms/pages/add/cms/standardpage/{home}/preview/", {"body-count": "²"}),
    ("post", "/cms/pages/{page}/edit/", {"body-count": "x"}),
    ("post", "/cms/pages/{page}/edit/preview/", {"body-count": ""}),
    ("post", "/cms/pages/{page}/delete/?next=x", {}),
    ("post", "/cms/pages/{page}/unpublish/", {"next": "x"}),
    ("post", "/cms/pages/{page}/lock/", {"next": "x"}),
    ("post", "/cms/pages/{page}/move/", {"new_parent_page": "x"}),
    ("post", "/cms/pages/{page}/copy/", {}),
    ("post", "/cms/pages/{page}/copy/", {"new_parent_page": "null"}),
]
"""One request of each kind that the long walk found."""


@pytest.mark.parametrize(("method", "path", "sent"), SMALLEST)
def test_what_a_view_of_wagtail_cannot_read_is_a_bad_request(
    worlds: Worlds, db: None, method: str, path: str, sent: dict[str, Any]
) -> None:
    home, page = worlds.own.keys["page"][:2]
    keys = {"{home}": home, "{page}": page, "{workflow}": worlds.own.keys["workflow"][0]}
    for name, key in keys.items():
        path = path.replace(name, str(key))
    asking = Asking(client_for(worlds.own, STRONGEST))
    assert asking.ask(method, path, sent) == 400


def test_tag_of_signs_alone_can_be_found_by(worlds: Worlds, db: None) -> None:
    document = worlds.own.keys["document"][0]
    sent = crafted(worlds.own) | {"tags": "{}"}
    assert client_for(worlds.own, STRONGEST).post(f"/cms/documents/edit/{document}/", sent).status_code == 302
    with bind(worlds.own.network):
        assert NetworkTag.objects.get(name="{}").slug == "schlagwort"


def area_of(pattern: Pattern) -> str:
    """``cms/pages`` for what lies below it, elsewhere the first part of the address: a run that is cut says how far
    it came, and goes on with ``-k``."""
    first, second, *_rest = [*pattern.route.lstrip("^").split("/"), ""]
    area = f"{first}/{second}" if first == "cms" else first
    return area if area.replace("/", "").replace("-", "").isalnum() else area.split("<")[0].split("(")[0] or "pages"


AREAS = sorted({area_of(pattern) for pattern in network_patterns()})


@pytest.mark.long
@pytest.mark.parametrize("area", AREAS)
def test_odd_values_are_no_error_of_ours(
    worlds: Worlds, db: None, patterns: list[Pattern], area: str, capsys: pytest.CaptureFixture[str]
) -> None:
    faults: list[str] = []
    known: dict[tuple[str, str], set[str]] = {}
    for pattern in patterns:
        if area_of(pattern) == area and pattern.name not in NEVER_ASKED and not is_closed(pattern):
            asking = Asking(client_for(worlds.own, STRONGEST))
            walk(asking, pattern, worlds, known)
            faults += asking.faults
            with capsys.disabled():
                print("\n".join([f"\n{pattern.route}: {asking.asked} requests", *asking.faults]), end="", flush=True)
    assert faults == []
