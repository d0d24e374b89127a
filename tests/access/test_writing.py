"""Nothing of another network can be changed: crafted requests with its ids leave its rows as they were."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import transaction
from django.test import Client

from dkbm.cms.basepage.models import BasePage
from dkbm.cms.models import HomePage, NetworkImage, NetworkLook, StandardPage
from dkbm.tenancy.context import bind
from tests.access.crafting import crafted, only_for
from tests.access.never_writing import READING, UNREACHED
from tests.access.requests import Asked, is_closed, may_enter, requests_as
from tests.access.rows import RowsTouched, changed, digests
from tests.access.urls import Pattern, network_patterns
from tests.access.walk import NEVER_ASKED, STRONGEST, client_for, is_refusal, shows
from tests.access.worlds import OWN, ROLES, World, Worlds

pytestmark = pytest.mark.usefixtures("plain_rendering")

METHODS = ("post", "put", "patch", "delete")
LAST = {"accounts:leave"}
"""Ends the membership, and with it the session that the walk writes with."""


NEVER_WRITING = READING | UNREACHED

OWN_TABLES = {
    "manager": {
        "basepage_basepage", "cms_networkdocument", "cms_networkimage", "events_event", "events_registration",
        "forum_post", "forum_topic", "tenancy_membership", "wagtailcore_collection", "workgroups_groupmembership",
        "workgroups_workgroup",
    },
    "member": {
        "events_registration", "forum_readstate", "notifications_mail", "notifications_notification",
        "workgroups_groupmembership",
    },
}  # fmt: skip
"""Role -> tables that its writes to the own network reach."""


@dataclass(frozen=True)
class Written:
    """One write that was tried. ``tables``: where it left its traces, tables that change by themselves left out."""

    method: str
    asked: Asked
    status: int
    is_refusal: bool
    tables: frozenset[str]


@dataclass(frozen=True)
class Plan:
    """What is tried at an address: ``objects`` at most; the rarer methods at the first if ``rarer``; no other object
    once one of them is ``enough``. ``undo``: each write is taken back, so that the next meets the world as it was.
    """

    objects: int | None
    rarer: Callable[[str, Pattern], bool]
    enough: Callable[[str, Written], bool]
    undo: bool = False


EVERYTHING = Plan(None, may_enter, lambda role, written: False)
"""Views answer the rarer methods alike for every object, so one object shows it; and whoever may not enter the CMS is
turned away whatever the method."""

WHAT_MAY_DIFFER = Plan(
    2,
    lambda role, pattern: role == STRONGEST and not is_closed(pattern),
    lambda role, written: role != STRONGEST and written.is_refusal,
)
"""Two objects an address; who is refused the first asks no other. The rarer methods once an address, as the strongest
role, and not where the gate of the CMS shuts the address itself."""

UNTIL_WRITTEN = Plan(4, lambda role, pattern: False, lambda role, written: bool(written.tables), undo=True)


def write(home: World, role: str, target: World, patterns: list[Pattern], plan: Plan) -> list[Written]:
    """The crafted form to each address with ids of ``target``."""
    client = client_for(home, role)
    form = crafted(target)
    rows = RowsTouched()
    written: list[Written] = []
    for pattern in sorted(patterns, key=lambda pattern: pattern.name in LAST):
        if pattern.name in NEVER_ASKED:
            continue
        for position, asked in enumerate(requests_as(role, pattern, target)[: plan.objects]):
            for method in METHODS if position == 0 and plan.rarer(role, pattern) else METHODS[:1]:
                sent = form | only_for(pattern.name, target)
                written.append(_send(client, method, asked, sent, target, rows, undo=plan.undo))
            if plan.enough(role, written[-1]):
                break
        assert pattern.name in LAST or is_signed_in(client, home) == (role != "guest"), f"{role} after {pattern.name}"
    return written


def is_signed_in(client: Client, home: World) -> bool:
    """Otherwise all that follows would be asked as a guest."""
    with bind(home.network):
        return client.session.get(SESSION_KEY) is not None


def _send(
    client: Client, method: str, asked: Asked, form: dict[str, Any], target: World, rows: RowsTouched, *, undo: bool
) -> Written:
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        if method == "post":
            response = client.post(asked.path, form)
        else:
            response = getattr(client, method)(asked.path, form, content_type="application/json")
        if undo or response.status_code >= 500:
            transaction.set_rollback(True)
    if undo:
        client.cookies = cookies
    sent = {value for value in form.values() if isinstance(value, str) and target.marker.lower() in value.lower()}
    assert target.marker == OWN or not shows(response, asked.path, target.marker, sent), asked.path
    return Written(method, asked, int(response.status_code), is_refusal(response), rows.since_last())


@pytest.mark.parametrize("role", ROLES)
def test_crafted_writes_change_nothing_of_another_network(
    worlds: Worlds, db: None, patterns: list[Pattern], role: str
) -> None:
    before = digests(worlds.foreign.network.id)
    written = write(worlds.own, role, worlds.foreign, patterns, WHAT_MAY_DIFFER)
    print(f"\nWriting to another network as {role}: {len(written)} requests")
    assert changed(before, digests(worlds.foreign.network.id)) == set()


@pytest.mark.long
@pytest.mark.parametrize("role", ROLES)
def test_crafted_writes_change_nothing_of_another_network_whatever_is_sent(
    worlds: Worlds, db: None, shuffled: list[Pattern], role: str
) -> None:
    """Every object and every method as every role, in a random order."""
    before = digests(worlds.foreign.network.id)
    written = write(worlds.own, role, worlds.foreign, shuffled, EVERYTHING)
    print(f"\nWriting to another network as {role}: {len(written)} requests")
    assert changed(before, digests(worlds.foreign.network.id)) == set()


@pytest.mark.parametrize("role", OWN_TABLES)
def test_the_same_writes_change_the_own_network(
    worlds: Worlds, db: None, patterns: list[Pattern], pytestconfig: pytest.Config, role: str
) -> None:
    """Otherwise the test above could not fail: tables that they reach, and addresses that they do not."""
    written = write(worlds.own, role, worlds.own, patterns, UNTIL_WRITTEN)
    print(f"\nWriting to the own network as {role}: {len(written)} requests")
    if not pytestconfig.getoption("addresses"):
        assert OWN_TABLES[role] - {table for each in written for table in each.tables} == set()
    if role == STRONGEST:
        writing = {each.asked.name for each in written if each.tables}
        silent = {each.asked.name for each in written if not each.is_refusal} - writing
        print(f"  {len(writing)} URL patterns write, {len(silent)} answer without writing")
        unreached, reached = sorted(silent - NEVER_WRITING), sorted(NEVER_WRITING & writing)
        assert not unreached, f"The crafted form does not reach these, give it what they ask for: {unreached}"
        assert not reached, f"These are reached now, take them off the list: {reached}"


def test_list_of_addresses_that_never_write_names_existing_ones() -> None:
    assert NEVER_WRITING - {pattern.name for pattern in network_patterns()} == set()


@pytest.fixture
def manager(worlds: Worlds, db: None) -> Client:
    return client_for(worlds.own, "manager")


def own_page(worlds: Worlds) -> StandardPage:
    with bind(worlds.own.network):
        return StandardPage.objects.get(slug=worlds.own.slug("live"))


def page_form(page: StandardPage, **fields: Any) -> dict[str, Any]:
    return {
        "title": page.title, "slug": page.slug, "introduction": "", "body-count": 0, "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0, "action-publish": "1", **fields,
    }  # fmt: skip


def stream(block: str, **values: Any) -> dict[str, Any]:
    inner = {f"body-0-value-{name}": value for name, value in values.items()}
    return {"body-count": 1, "body-0-deleted": "", "body-0-order": 0, "body-0-type": block, "body-0-id": "", **inner}


@pytest.mark.parametrize(
    ("block", "field", "key"), [("picture", "image", "image"), ("download", "document", "document")]
)
def test_page_cannot_refer_to_a_foreign_file(worlds: Worlds, manager: Client, block: str, field: str, key: str) -> None:
    page = own_page(worlds)
    with bind(worlds.own.network):
        StandardPage.objects.filter(pk=page.pk).update(locked=False)
    values = {field: worlds.foreign.keys[key][0]}
    if block == "picture":
        values = {"image-image": worlds.foreign.keys[key][0], "image-alt_text": "x", "caption": ""}
    response = manager.post(f"/cms/pages/{page.pk}/edit/", page_form(page, **stream(block, **values)))
    assert response.status_code == 200  # the form comes back with an error instead of a redirect
    with bind(worlds.own.network):
        assert len(StandardPage.objects.get(pk=page.pk).body) == 0


def test_page_cannot_be_moved_copied_or_created_below_a_foreign_one(worlds: Worlds, manager: Client) -> None:
    page, foreign = own_page(worlds), worlds.foreign.keys["page"][0]
    before = digests(worlds.foreign.network.id)
    assert manager.post(f"/cms/pages/{page.pk}/move/{foreign}/confirm/").status_code == 404
    copied = manager.post(
        f"/cms/pages/{page.pk}/copy/", {"new_title": "x", "new_slug": "x", "new_parent_page": foreign}
    )
    assert copied.status_code == 404
    assert manager.post(f"/cms/pages/add/cms/standardpage/{foreign}/", page_form(page, slug="neu")).status_code == 404
    assert changed(before, digests(worlds.foreign.network.id)) == set()


def test_image_cannot_be_put_into_a_foreign_collection(worlds: Worlds, manager: Client) -> None:
    image = worlds.own.keys["image"][0]
    manager.post(f"/cms/images/{image}/", {"title": "x", "collection": worlds.foreign.keys["collection"][0]})
    with bind(worlds.own.network):
        assert NetworkImage.objects.get(pk=image).collection_id in worlds.own.keys["collection"]


def test_look_cannot_use_a_foreign_logo(worlds: Worlds, manager: Client) -> None:
    site = worlds.own.keys["site"][0]
    response = manager.post(
        f"/cms/settings/cms/networklook/{site}/", {"accent": "#0b5a5e", "logo": worlds.foreign.keys["image"][0]}
    )
    assert response.status_code == 200
    with bind(worlds.own.network):
        assert NetworkLook.objects.get().logo_id is None


def test_link_to_a_foreign_page_leads_nowhere(worlds: Worlds, manager: Client) -> None:
    foreign = worlds.foreign.keys["page"][1]
    with bind(worlds.own.network):
        home = HomePage.objects.get(depth=2)
        page = StandardPage(
            title="Verweis", slug="verweis", locale=home.locale, network_id=worlds.own.network.id,
            body=[("text", f'<p><a linktype="page" id="{foreign}">hier</a></p>')],
        )  # fmt: skip
        BasePage.objects.get(pk=home.pk).add_child(instance=page)
    response = client_for(worlds.own, "guest").get("/verweis/")
    assert response.status_code == 200
    assert not shows(response, "/verweis/", worlds.foreign.marker)
