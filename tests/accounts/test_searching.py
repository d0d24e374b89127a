"""Members find each other by name, function, municipality and what they say about themselves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.domain.admission import admit, leave, refuse, request_membership
from dkbm.accounts.domain.people import create_author, create_member
from dkbm.accounts.domain.profiles import save_profile
from dkbm.accounts.models import Person
from dkbm.search.domain.index import compare_index
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("db")
Make = Callable[..., Client]


@pytest.fixture(params=["niedersachsen", "bayern"])
def network(request: pytest.FixtureRequest) -> BoundNetwork:
    found: BoundNetwork = request.getfixturevalue(request.param)
    return found


def say(person: Person, **values: Any) -> None:
    given = {"first_name": "Maja", "last_name": "Xantner", "phone": "0511 12345", "about": "Ich baue Xylophone."}
    save_profile(person=person, function="bildungsmonitoring", municipality=None, **{**given, **values})


def make_member() -> Person:
    return create_member(
        email="maja@example.org", first_name="Maja", last_name="Xantner", function="koko", municipality=None
    )


def rows() -> list[tuple[str, str, list[tuple[str, str, str]], str]]:
    return [
        (row.title, row.body, [(each["facet"], each["key"], each["label"]) for each in row.facets], row.visibility)
        for row in SearchEntry.objects.filter(type="person")
    ]


def test_member_is_found_by_members_alone(network: BoundNetwork, client_of: Make) -> None:
    with bind(network):
        person = make_member()
        say(person)
        reader, waiting = make_person(), make_person(state=MembershipState.REQUESTED)
        assert rows() == [
            (
                "Maja Xantner",
                "Ich baue Xylophone.",
                [("function", "bildungsmonitoring", "Bildungsmonitoring")],
                "members",
            ),
        ]
    for word in ("xantner", "xylophone", "bildungsmonitoring"):
        for who, number in ((None, 0), (waiting, 0), (reader, 1)):
            answer = client_of(network, who).get("/api/v1/search", {"q": word, "type": "person"}).json()
            assert answer["total"] == number, (word, who)
    page = client_of(network, reader).get(f"/konto/person/{person.pk}/").content.decode()
    assert "Maja Xantner" in page
    assert "Ich baue Xylophone." in page
    assert "maja@example.org" not in page


def test_address_and_telephone_are_not_in_the_index(network: BoundNetwork, client_of: Make) -> None:
    with bind(network):
        say(make_member())
        reader = make_person()
    for word in ("12345", "example.org"):
        assert client_of(network, reader).get("/api/v1/search", {"q": word, "type": "person"}).json()["total"] == 0


def test_entry_comes_with_admission_and_goes_with_leaving(network: BoundNetwork) -> None:
    with bind(network):
        manager = visitor_of(make_person(roles=("manager",)))
        person, other = (make_person(name, state=MembershipState.REQUESTED) for name in ("Ole Xander", "Uwe Xaver"))
        for asking in (person, other):
            request_membership(person=asking, function="koko", municipality=None)
        assert rows() == []
        admit(membership=person.memberships.get(), visitor=manager)
        refuse(membership=other.memberships.get(), visitor=manager, reason="Kein Bezug")
        assert [row[0] for row in rows()] == ["Ole Xander"]
        leave(membership=Membership.objects.get(person=person))
        assert rows() == []


def test_member_of_two_networks_says_something_else_in_each(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    for network, about in ((niedersachsen, "Nördlich"), (bayern, "Südlich")):
        with bind(network):
            say(make_member(), about=about)
    for network, about in ((niedersachsen, "Nördlich"), (bayern, "Südlich")):
        with bind(network):
            assert [row[1] for row in rows()] == [about]


def test_accounts_that_stand_for_a_function_are_no_people(network: BoundNetwork) -> None:
    with bind(network):
        create_author(function="koko", municipality=None)
        compare_index()
        assert rows() == []


def test_comparing_agrees_with_what_was_written(network: BoundNetwork) -> None:
    with bind(network):
        compare_index()
        say(make_member())
        assert compare_index() == {}


def test_person_of_another_network_is_not_found(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Make
) -> None:
    with bind(bayern):
        foreign = make_member()
    with bind(niedersachsen):
        reader = make_person()
    assert client_of(niedersachsen, reader).get(f"/konto/person/{foreign.pk}/").status_code == 404


def test_new_name_is_found_in_every_network_of_the_person(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            person = make_member()
            say(person)
    with bind(niedersachsen):
        say(Person.objects.get(pk=person.pk), last_name="Ypsilon")
    for network in (niedersachsen, bayern):
        with bind(network):
            assert [row[0] for row in rows()] == ["Maja Ypsilon"]
