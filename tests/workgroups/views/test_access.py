"""URL x role x network: who gets which answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import resolve, reverse

from dkbm.tenancy.context import BoundNetwork, bind
from tests.access.urls import network_patterns
from tests.factories.groups import make_colleague, make_member, make_subgroup, make_workgroup, row_of
from workgroups.domain.groups import put_in_group

ROLES = ("guest", "waiting", "colleague", "member", "lead", "speaker", "manager")

PAGES = {
    # name of the URL, "of a sub-group" at its second address: (path below /ag/, answers by role in the order of ROLES)
    "list": ("", (200, 200, 200, 200, 200, 200, 200)),
    "found-workgroup": ("-/gruenden/", (302, 403, 403, 403, 403, 403, 200)),
    "found-concept-group": ("-/konzeptgruppe-einrichten/", (405, 405, 405, 405, 405, 405, 405)),
    "group": ("ag1/", (200, 200, 200, 200, 200, 200, 200)),
    "group of a sub-group": ("ag1/uag-daten/", (302, 403, 403, 200, 200, 200, 200)),
    "join": ("ag1/-/beitreten/", (302, 403, 200, 403, 403, 403, 200)),
    "leave": ("ag1/-/austreten/", (302, 403, 403, 200, 200, 403, 403)),
    "mails": ("ag1/-/e-mails/", (302, 403, 403, 200, 200, 200, 200)),
    "mails of a sub-group": ("ag1/uag-daten/-/e-mails/", (302, 403, 403, 403, 200, 403, 200)),
    "mail-texts": ("ag1/-/e-mails/inhalt/", (302, 403, 403, 403, 403, 200, 200)),
    "mail-texts of a sub-group": ("ag1/uag-daten/-/e-mails/inhalt/", (302, 403, 403, 403, 200, 403, 200)),
    "announcements": ("ag1/-/rundschreiben/", (302, 403, 403, 200, 200, 200, 200)),
    "announcements of a sub-group": ("ag1/uag-daten/-/rundschreiben/", (302, 403, 403, 403, 200, 403, 200)),
    "announce": ("ag1/-/rundschreiben/neu/", (302, 403, 403, 403, 403, 200, 200)),
    "announce of a sub-group": ("ag1/uag-daten/-/rundschreiben/neu/", (302, 403, 403, 403, 200, 403, 200)),
    "withdraw": ("ag1/-/anfrage-zurueckziehen/", (405, 405, 405, 405, 405, 405, 405)),
    "requests": ("ag1/-/anfragen/", (302, 403, 403, 403, 403, 200, 200)),
    "admit": ("ag1/-/anfragen/{row}/aufnehmen/", (405, 405, 405, 405, 405, 405, 405)),
    "refuse": ("ag1/-/anfragen/{row}/ablehnen/", (302, 403, 403, 403, 403, 200, 200)),
    "edit": ("ag1/-/bearbeiten/", (302, 403, 403, 403, 403, 403, 200)),
    "members": ("ag1/-/mitglieder/", (302, 403, 403, 403, 403, 200, 200)),
    "add-member": ("ag1/-/mitglieder/aufnehmen/", (302, 403, 403, 403, 403, 200, 200)),
    "remove-member": ("ag1/-/mitglieder/{active}/entfernen/", (302, 403, 403, 403, 403, 200, 200)),
    "found": ("ag1/-/untergruppe-gruenden/", (302, 403, 403, 200, 200, 200, 403)),
    "offices": ("ag1/-/aemter/", (302, 403, 403, 403, 403, 403, 200)),
    "archive": ("ag1/-/archivieren/", (302, 403, 403, 403, 403, 403, 200)),
    "join of a sub-group": ("ag1/uag-daten/-/beitreten/", (302, 403, 200, 200, 403, 200, 200)),
    "leave of a sub-group": ("ag1/uag-daten/-/austreten/", (302, 403, 403, 403, 403, 403, 403)),
    "close of a sub-group": ("ag1/uag-daten/-/abschliessen/", (302, 403, 403, 403, 200, 200, 200)),
    "offices of a sub-group": ("ag1/uag-daten/-/aemter/", (302, 403, 403, 403, 200, 403, 200)),
    "invite of a sub-group": ("ag1/uag-daten/-/einladen/", (302, 403, 403, 403, 200, 403, 200)),
    "edit of a sub-group": ("ag1/uag-daten/-/bearbeiten/", (302, 403, 403, 403, 200, 403, 200)),
}


def test_every_url_of_groups_stands_in_the_table() -> None:
    patterns = [pattern for pattern in network_patterns() if pattern.name.startswith("workgroups:")]
    names = [f"{each.name}{' of a sub-group' * ('subgroup' in each.parameters)}" for each in patterns]
    assert sorted(names) == sorted(f"workgroups:{name}" for name in PAGES)


@pytest.mark.parametrize("name", ["group", "join", "leave", "offices"])
def test_what_both_kinds_have_is_one_view_at_one_shape_of_address(name: str) -> None:
    paths = [reverse(f"workgroups:{name}", args=slugs) for slugs in (("ag1",), ("ag1", "uag-daten"))]
    assert paths[1] == paths[0].replace("/ag/ag1/", "/ag/ag1/uag-daten/")
    assert len({resolve(path).func for path in paths}) == 1


def people(network: BoundNetwork) -> tuple[dict[str, Any], dict[str, int]]:
    """A person for each role in AG 1 with its sub-group, and the ids of a waiting request and of the member's row."""
    with bind(network):
        ag = make_workgroup("ag1", number=1)
        subgroup = make_subgroup(ag)
        lead = make_member(ag)
        put_in_group(workgroup=subgroup, person=lead, office="lead")
        row = ag.memberships.create(person=make_colleague("Marker Anfrage"), state="requested")
        member = make_member(ag)
        return {
            "guest": None,
            "waiting": make_colleague(state="requested"),
            "colleague": make_colleague(),
            "member": member,
            "lead": lead,
            "speaker": make_member(ag, office="speaker"),
            "manager": make_colleague(roles=("manager",)),
        }, {"row": row.pk, "active": row_of(ag, member).pk}


def test_answers_by_role(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    by_role, ids = people(niedersachsen)
    clients = [client_of(niedersachsen, by_role[role]) for role in ROLES]
    answers = {
        name: (path, tuple(client.get(f"/ag/{path.format(**ids)}").status_code for client in clients))
        for name, (path, _expected) in PAGES.items()
    }
    assert answers == PAGES


@pytest.mark.parametrize("name", PAGES)
def test_another_network_knows_nothing_of_it(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Callable[..., Client], name: str
) -> None:
    """Even its manager, with the right names and ids; guests are asked to sign in before anything is looked up."""
    _people, ids = people(niedersachsen)
    with bind(bayern):
        manager = make_colleague(roles=("manager",))
    url = f"/ag/{PAGES[name][0].format(**ids)}"
    before = snapshot(niedersachsen)
    browser = client_of(bayern, manager)
    answers = (browser.get(url), browser.post(url, {"reason": "x", "result": "x", "name": "x"}))
    assert all(b"AG 1" not in answer.content and b"Marker" not in answer.content for answer in answers)
    assert snapshot(niedersachsen) == before
    if name in {"list", "found-workgroup", "found-concept-group"}:
        return
    assert {answer.status_code for answer in answers} <= {404, 405}


WRITES = {
    "join": ("ag1/-/beitreten/", {}),
    "admit": ("ag1/-/anfragen/{row}/aufnehmen/", {}),
    "refuse": ("ag1/-/anfragen/{row}/ablehnen/", {"reason": "Nein."}),
    "edit": ("ag1/-/bearbeiten/", {"name": "Neu"}),
    "add-member": ("ag1/-/mitglieder/aufnehmen/", {}),
    "remove-member": ("ag1/-/mitglieder/{active}/entfernen/", {"reason": "Darum."}),
    "found": ("ag1/-/untergruppe-gruenden/", {"name": "T", "question": "Q", "expected_result": "E"}),
    "offices": ("ag1/-/aemter/", {}),
    "archive": ("ag1/-/archivieren/", {}),
    "announce": ("ag1/-/rundschreiben/neu/", {"subject": "S", "text": "T", "selection": "everybody:", "senden": "1"}),
    "join of a sub-group": ("ag1/uag-daten/-/beitreten/", {}),
    "close of a sub-group": ("ag1/uag-daten/-/abschliessen/", {"result": "R"}),
    "offices of a sub-group": ("ag1/uag-daten/-/aemter/", {}),
    "invite of a sub-group": ("ag1/uag-daten/-/einladen/", {"message": "Kommt!"}),
    "edit of a sub-group": ("ag1/uag-daten/-/bearbeiten/", {"name": "T", "question": "Q", "expected_result": "E"}),
}


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize("role", ["guest", "waiting"])
def test_who_is_no_member_changes_nothing(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], name: str, role: str
) -> None:
    by_role, ids = people(niedersachsen)
    before = snapshot(niedersachsen)
    path, data = WRITES[name]
    answer = client_of(niedersachsen, by_role[role]).post(f"/ag/{path.format(**ids)}", data)
    assert answer.status_code == (302 if role == "guest" else 403)
    assert snapshot(niedersachsen) == before


@pytest.mark.parametrize("name", WRITES)
def test_archived_group_refuses_writing(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], name: str
) -> None:
    by_role, ids = people(niedersachsen)
    with bind(niedersachsen):
        from workgroups.models import Workgroup

        Workgroup.objects.filter(slug="ag1").update(state="archived")
    before = snapshot(niedersachsen)
    path, data = WRITES[name]
    for role in ("colleague", "member", "lead", "speaker", "manager"):
        answer = client_of(niedersachsen, by_role[role]).post(f"/ag/{path.format(**ids)}", data)
        assert answer.status_code == 403
    assert snapshot(niedersachsen) == before


@pytest.mark.parametrize("role", ["colleague", "member", "lead", "speaker"])
def test_only_managers_found_and_edit(niedersachsen: BoundNetwork, client_of: Callable[..., Client], role: str) -> None:
    by_role, _ids = people(niedersachsen)
    before = snapshot(niedersachsen)
    browser = client_of(niedersachsen, by_role[role])
    browser.post("/ag/-/konzeptgruppe-einrichten/")
    for path in ("-/gruenden/", "ag1/-/bearbeiten/", "ag1/-/archivieren/"):
        assert browser.post(f"/ag/{path}", {"name": "Neu", "number": "7"}).status_code == 403
    assert snapshot(niedersachsen) == before


@pytest.mark.parametrize("role", ["colleague", "member", "lead"])
def test_only_speaker_and_managers_change_members(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], role: str
) -> None:
    by_role, ids = people(niedersachsen)
    before = snapshot(niedersachsen)
    browser = client_of(niedersachsen, by_role[role])
    person = str(by_role["colleague"].pk)
    assert browser.post("/ag/ag1/-/mitglieder/aufnehmen/", {"person": person}).status_code == 403
    path = f"/ag/ag1/-/mitglieder/{ids['active']}/entfernen/"
    assert browser.post(path, {"reason": "Darum."}).status_code == 403
    assert snapshot(niedersachsen) == before


def snapshot(network: BoundNetwork) -> Any:
    with bind(network):
        from workgroups.models import Announcement, GroupMembership, Workgroup

        return (
            list(Announcement.objects.order_by("pk").values()),
            list(Workgroup.objects.order_by("pk").values()),
            list(GroupMembership.objects.order_by("pk").values()),
        )
