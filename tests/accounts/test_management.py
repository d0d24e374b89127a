"""Members, roles and the log on /verwaltung/."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.domain import admission, functions, roles
from dkbm.accounts.domain.waiting_note import change_waiting_note
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.models import Person, Profile
from dkbm.audit.models import AuditEntry
from dkbm.cms.roles import group_name
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor, visitor_of, visitor_with
from tests.factories.groups import make_workgroup
from tests.factories.people import function_named, make_person
from workgroups.domain.ending import archive_workgroup
from workgroups.errors import GroupRefusal


@pytest.fixture
def manager(niedersachsen: BoundNetwork) -> Person:
    with bind(niedersachsen):
        return make_person("Lena Leitung", roles=(Role.MANAGER,))


@pytest.fixture
def leitung(niedersachsen: BoundNetwork, manager: Person, client_of: Any) -> Client:
    return client_of(niedersachsen, manager)


def _roles_url(network: BoundNetwork, person: Person) -> str:
    with bind(network):
        return f"/verwaltung/mitglieder/{Membership.objects.get(person=person).pk}/rollen/"


def test_role_brings_the_group_of_the_cms_and_a_mail(
    niedersachsen: BoundNetwork, leitung: Client, post_of: Any
) -> None:
    with bind(niedersachsen):
        person = make_person("Eva Editor")
    url = _roles_url(niedersachsen, person)
    assert (
        leitung.post(url, {"step": "grant", "role": "editor", "reason": "Schreibt den Blickpunkt"}).status_code == 302
    )
    with bind(niedersachsen):
        assert Membership.objects.get(person=person).roles == [Role.EDITOR]
        assert person.groups.filter(name=group_name(niedersachsen.id, Role.EDITOR)).exists()
    mail = post_of(niedersachsen).last()
    assert (mail.kind, mail.address) == ("role.changed", person.email)
    assert "Sie haben jetzt diese Rolle: Redaktion" in mail.body
    leitung.post(url, {"step": "revoke", "role": "editor", "reason": "Neue Aufgabe"})
    with bind(niedersachsen):
        assert Membership.objects.get(person=person).roles == []
        assert not person.groups.exists()
    page = leitung.get("/verwaltung/protokoll/").content.decode()
    assert "Lena Leitung hat Eva Editor die Rolle „Redaktion“ gegeben." in page
    assert "Begründung: Neue Aufgabe" in page


def test_role_without_reason_is_refused(niedersachsen: BoundNetwork, leitung: Client) -> None:
    with bind(niedersachsen):
        person = make_person()
    response = leitung.post(_roles_url(niedersachsen, person), {"step": "grant", "role": "manager", "reason": ""})
    assert response.status_code == 422
    with bind(niedersachsen):
        assert not Membership.objects.get(person=person).is_manager


def test_operator_role_cannot_be_given(niedersachsen: BoundNetwork, leitung: Client) -> None:
    with bind(niedersachsen):
        person = make_person()
        actor = visitor_of(Membership.objects.get(roles__contains=[Role.MANAGER]).person)
        with pytest.raises(NotAllowed):
            roles.grant_role(
                membership=Membership.objects.get(person=person), role=Role.OPERATOR, visitor=actor, reason="x"
            )
    data = {"step": "grant", "role": "operator", "reason": "x"}
    assert leitung.post(_roles_url(niedersachsen, person), data).status_code == 422


def test_last_manager_cannot_give_up_the_role(niedersachsen: BoundNetwork, manager: Person, leitung: Client) -> None:
    url = _roles_url(niedersachsen, manager)
    data = {"step": "revoke", "role": "manager", "reason": "Urlaub"}
    response = leitung.post(url, data)
    assert response.status_code == 422
    assert "Sie sind die einzige Netzwerkleitung." in response.content.decode()
    with bind(niedersachsen):
        make_person("Zweite Leitung", roles=(Role.MANAGER,))
    assert leitung.post(url, data).status_code == 302
    assert leitung.get("/verwaltung/").status_code == 403


def test_members_of_another_network_are_not_found(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, leitung: Client
) -> None:
    with bind(bayern):
        person = make_person("Marker Bayern")
    data = {"step": "grant", "role": "manager", "reason": "x"}
    assert leitung.post(_roles_url(bayern, person), data).status_code == 404
    assert "Marker Bayern" not in leitung.get("/verwaltung/mitglieder/").content.decode()
    with bind(bayern):
        assert Membership.objects.get(person=person).roles == []


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("behrens", ["Jana Behrens"]),
        ("verden", ["Jana Behrens"]),
        ("monitoring jana", ["Jana Behrens"]),
        ("jana@suche", ["Jana Behrens"]),
        ("jana kroeger", []),
        ("", ["Jana Behrens", "Lena Leitung", "Maria Kröger"]),
    ],
)
def test_members_are_found_by_every_word(
    niedersachsen: BoundNetwork, leitung: Client, verden: Any, search: str, found: list[str]
) -> None:
    with bind(niedersachsen):
        jana = make_person("Jana Behrens", email="jana@suche.example.org")
        Profile.objects.create(person=jana, function=function_named("bildungsmonitoring"), municipality=verden)
        make_person("Maria Kröger")
    page = leitung.get("/verwaltung/mitglieder/", {"q": search}).content.decode()
    assert [name for name in ("Jana Behrens", "Lena Leitung", "Maria Kröger") if f">{name}</a></h2>" in page] == found


def _count_page(client: Client, path: str, expected: int, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(expected):
        assert client.get(path).status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_take_the_same_queries_for_any_number_of_rows(
    niedersachsen: BoundNetwork, leitung: Client, rows: int, group_choice: Any, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        for number in range(rows):
            person = make_person(f"Person Nummer{number}", state=MembershipState.REQUESTED)
            admission.request_membership(person=person, function="koko", municipality=None, choice="ag1")
    leitung.get("/verwaltung/")
    _count_page(leitung, "/verwaltung/", 8, django_assert_num_queries)
    with bind(niedersachsen):
        manager = Membership.objects.select_related("person").get(roles__contains=[Role.MANAGER])
        actor = visitor_with(manager)
        for waiting in Membership.objects.filter(state=MembershipState.REQUESTED):
            admission.admit(membership=waiting, visitor=actor)
    _count_page(leitung, "/verwaltung/mitglieder/", 10, django_assert_num_queries)
    _count_page(leitung, "/verwaltung/protokoll/", 9, django_assert_num_queries)


def test_log_with_entries_that_nobody_can_word_any_more_is_still_a_page(
    niedersachsen: BoundNetwork, leitung: Client
) -> None:
    with bind(niedersachsen):
        AuditEntry.objects.create(action="forum.closed", reason="ruhig")
        AuditEntry.objects.create(action="role.granted", subject=make_person("Mia Mitglied"))
    page = leitung.get("/verwaltung/protokoll/").content.decode()
    assert "Für diesen Eintrag gibt es keinen Text mehr: forum.closed" in page
    assert "Für diesen Eintrag gibt es keinen Text mehr: role.granted (Mia Mitglied)" in page
    assert "Begründung: ruhig" in page


def test_log_of_one_network_is_not_read_in_the_other(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, leitung: Client
) -> None:
    with bind(bayern):
        AuditEntry.objects.create(action="membership.left", reason="Marker Bayern")
    assert "Marker Bayern" not in leitung.get("/verwaltung/protokoll/").content.decode()


def test_home_panel_counts_open_requests_for_managers_alone(
    niedersachsen: BoundNetwork, leitung: Client, client_of: Any
) -> None:
    with bind(niedersachsen):
        waiting = make_person(state=MembershipState.REQUESTED)
        admission.request_membership(person=waiting, function="koko", municipality=None)
        member = make_person("Mia Mitglied")
    sentence = "1 Anfrage wartet auf Ihre Entscheidung"
    assert sentence in leitung.get("/").content.decode()
    page = client_of(niedersachsen, member).get("/").content.decode()
    assert sentence not in page
    assert "Neu im Netzwerk" in page
    assert "Mia Mitglied" not in page.partition("Neu im Netzwerk")[2], "nobody is news for oneself"
    assert "Mia Mitglied" in leitung.get("/").content.decode().partition("Neu im Netzwerk")[2]
    assert "Neu im Netzwerk" not in client_of(niedersachsen).get("/").content.decode()
    assert "Neu im Netzwerk" not in client_of(niedersachsen, waiting).get("/").content.decode()


def test_manager_whose_role_ended_meanwhile_gives_none(in_niedersachsen: BoundNetwork) -> None:
    """Two managers take the role from each other: whoever waited for the lock is none any more."""
    first, second, third = (make_person(roles=("manager",)) for _number in range(3))
    asks, member = visitor_of(second), Membership.objects.get(person=make_person())
    roles.revoke_role(
        membership=Membership.objects.get(person=second), role="manager", visitor=visitor_of(first), reason="Wechsel"
    )
    for change, row in ((roles.revoke_role, Membership.objects.get(person=third)), (roles.grant_role, member)):
        with pytest.raises(NotAllowed):
            change(membership=row, role="manager", visitor=asks, reason="Wechsel")


def test_manager_whose_role_ended_meanwhile_decides_nothing(in_niedersachsen: BoundNetwork) -> None:
    """What the request found at its start is not what counts once the row is locked."""
    waiting, koko = Membership.objects.get(person=make_person(state=MembershipState.REQUESTED)), function_named("koko")
    group, manager = make_workgroup(), make_person(roles=("manager",))
    changes: list[Callable[[Visitor], object]] = [
        lambda by: admission.admit(membership=waiting, visitor=by),
        lambda by: admission.refuse(membership=waiting, visitor=by, reason="Kein Bedarf"),
        lambda by: functions.edit_function(function=koko, label="Neu", place=1, visitor=by),
        lambda by: functions.offer_function(function=koko, offered=False, visitor=by),
        lambda by: functions.merge_functions(function=koko, into=function_named(), visitor=by),
        lambda by: change_waiting_note(note="Morgen", visitor=by),
        lambda by: archive_workgroup(group=group, visitor=by),
    ]
    asking = [visitor_of(manager) for _change in changes]
    Membership.objects.filter(person=manager).update(roles=[])
    for change, asks in zip(changes, asking, strict=True):
        assert asks.is_manager
        with pytest.raises((NotAllowed, GroupRefusal)):
            change(asks)
