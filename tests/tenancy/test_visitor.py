"""Who asks: what each kind of visitor is, what is remembered of them, and that nobody crosses into another network."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse

from dkbm.tenancy.context import BoundNetwork, NoNetwork, bind, bind_all
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.hosts import platform
from dkbm.tenancy.middleware import VisitorMiddleware
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import (
    ForeignVisitor,
    Visitor,
    automatic,
    guest,
    remember_membership,
    visitor_of,
    visitor_with,
)
from tests.factories.people import make_person

QUESTIONS = (
    "is_guest", "is_signed_in", "is_waiting", "is_member", "is_editor", "is_manager", "is_operator",
    "is_visiting_operator",
)  # fmt: skip


def answers(visitor: Visitor) -> set[str]:
    return {question for question in QUESTIONS if getattr(visitor, question)}


@pytest.mark.parametrize(
    ("state", "roles", "expected"),
    [
        (MembershipState.REQUESTED, (), {"is_waiting"}),
        (MembershipState.REQUESTED, (Role.MANAGER,), {"is_waiting"}),
        (MembershipState.REFUSED, (), set()),
        (MembershipState.LEFT, (Role.EDITOR, Role.MANAGER), set()),
        (MembershipState.ACTIVE, (), {"is_member"}),
        (MembershipState.ACTIVE, (Role.EDITOR,), {"is_member", "is_editor"}),
        (MembershipState.ACTIVE, (Role.MANAGER,), {"is_member", "is_manager"}),
    ],
)
def test_person_is_what_the_row_says(
    in_niedersachsen: BoundNetwork, state: str, roles: tuple[str, ...], expected: set[str]
) -> None:
    assert answers(visitor_of(make_person(state=state, roles=roles))) == expected | {"is_signed_in"}


@pytest.mark.parametrize("nobody", [None, AnonymousUser()])
def test_guest_is_nothing_else(in_niedersachsen: BoundNetwork, nobody: Any) -> None:
    visitor = visitor_of(nobody)
    assert answers(visitor) == {"is_guest"}
    assert (visitor.person, visitor.person_id, visitor.member_since) == (None, None, None)
    assert visitor == guest()


def test_person_without_a_row_here_has_no_rights(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        person = make_person(roles=(Role.MANAGER,))
    with bind(bayern):
        assert answers(visitor_of(person)) == {"is_signed_in"}


def test_automatic_act_is_nobody(in_niedersachsen: BoundNetwork) -> None:
    person = make_person(roles=(Role.MANAGER,))
    for visitor in (automatic(), automatic(person)):
        assert (answers(visitor), visitor.is_automatic) == (set(), True)
    assert automatic(person).person_id == person.pk
    assert not visitor_of(person).is_automatic


def test_operator_is_one_on_the_front_door_and_a_visiting_one_elsewhere(bayern: BoundNetwork) -> None:
    with bind(platform()):
        operator = visitor_of(make_person(roles=(Role.OPERATOR,), email="betrieb@example.org"))
        assert answers(operator) == {"is_signed_in", "is_member", "is_operator", "is_visiting_operator"}
    with bind(bayern):
        assert operator.is_visiting_operator
        for question in ("is_member", "is_operator", "is_manager"):
            with pytest.raises(ForeignVisitor):
                getattr(operator, question)


def test_role_of_an_operator_inside_a_network_counts_for_nothing(in_niedersachsen: BoundNetwork) -> None:
    """The database would have to be wrong; even then nobody becomes a visiting operator by it."""
    assert not visitor_of(make_person(roles=(Role.OPERATOR,))).is_visiting_operator


@pytest.mark.parametrize("question", ["is_waiting", "is_member", "is_editor", "is_manager", "member_since"])
def test_visitor_of_one_network_is_refused_in_another(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, question: str
) -> None:
    with bind(niedersachsen):
        visitor = visitor_of(make_person(roles=(Role.EDITOR, Role.MANAGER)))
    with bind(bayern), pytest.raises(ForeignVisitor, match=rf"of network {niedersachsen.id}.* network {bayern.id}"):
        getattr(visitor, question)
    with bind_all("a test"), pytest.raises(NoNetwork):
        getattr(visitor, question)
    with pytest.raises(NoNetwork):
        getattr(visitor, question)


def test_row_of_another_network_or_person_makes_no_visitor(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        person, other = make_person(), make_person()
        row = Membership.objects.select_related("person").get(person=person)
        with pytest.raises(ValueError, match="somebody else"):
            Visitor(person=other, membership=row)
    with bind(bayern), pytest.raises(ForeignVisitor):
        visitor_with(row)


def test_memory_is_asked_once_until_forgotten(in_niedersachsen: BoundNetwork) -> None:
    visitor, asked = visitor_of(make_person()), []

    def ask() -> int:
        asked.append(1)
        return len(asked)

    assert [visitor.remembered("groups", ask), visitor.remembered("groups", ask)] == [1, 1]
    assert visitor.remembered("others", ask) == 2
    visitor.forget()
    assert visitor.remembered("groups", ask) == 3


def test_memory_is_each_visitors_own(in_niedersachsen: BoundNetwork) -> None:
    person = make_person()
    first, second = visitor_of(person), visitor_of(person)
    first.remembered("groups", lambda: {1})
    assert second.remembered("groups", lambda: {2}) == {2}
    assert first == second  # what is remembered does not make another visitor
    assert "groups" not in repr(first)


def test_memory_never_crosses_networks(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        visitors = [visitor_of(make_person()), guest(), automatic()]
        for visitor in visitors:
            visitor.remembered("groups", lambda: {1})
    with bind(bayern):
        for visitor in visitors:
            with pytest.raises(ForeignVisitor):
                visitor.remembered("groups", lambda: {2})


def request_of(user: Any) -> Any:
    request: Any = HttpRequest()
    request.user = user
    VisitorMiddleware(lambda _request: HttpResponse())(request)
    return request


def test_request_costs_a_query_for_the_row_only_when_asked(
    in_niedersachsen: BoundNetwork, django_assert_num_queries: Any
) -> None:
    person = make_person(roles=(Role.EDITOR,))
    with django_assert_num_queries(0):
        request = request_of(person)
    with django_assert_num_queries(1):
        assert (request.visitor.is_editor, request.visitor.is_manager) == (True, False)
    remember_membership(person, Membership.objects.get(person=person))
    with django_assert_num_queries(0):
        assert request_of(person).visitor.is_editor
        assert request_of(AnonymousUser()).visitor.is_guest


def test_row_that_the_backend_read_in_another_network_is_not_taken(
    niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    with bind(niedersachsen):
        person = make_person(roles=(Role.MANAGER,))
        remember_membership(person, Membership.objects.get(person=person))
    with bind(bayern):
        assert answers(request_of(person).visitor) == {"is_signed_in"}
