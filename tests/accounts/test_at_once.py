"""Two people at the same moment, with real threads and commits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from dkbm.accounts.domain import admission, functions, join_links
from dkbm.accounts.domain.profiles import save_profile
from dkbm.accounts.domain.trusted_domains import trust_domain
from dkbm.accounts.enums import AdmissionState
from dkbm.accounts.errors import FunctionRefusal, NotAllowed
from dkbm.accounts.models import AdmissionRequest, Person, Profile
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor, visitor_of
from tests.accounts.signing_in import PASSWORD
from tests.factories.people import function_named, make_person
from tests.meanwhile import meanwhile


def test_last_two_managers_cannot_both_leave_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        one, two = (Membership.objects.get(person=make_person(name, roles=(Role.MANAGER,))) for name in ("Ute", "Uwe"))
    with meanwhile(committed_network, lambda: admission.leave(membership=two)) as second:
        admission.leave(membership=one)
    with pytest.raises(NotAllowed, match="Sie sind die einzige Netzwerkleitung"):
        second.result()
    with bind(committed_network):
        assert Membership.objects.get(roles__contains=[Role.MANAGER]) == two


Step = Callable[[Membership, Visitor], Any]


def _admit(applicant: Membership, manager: Visitor) -> bool:
    return admission.admit(membership=applicant, visitor=manager)


def _refuse(applicant: Membership, manager: Visitor) -> bool:
    return admission.refuse(membership=applicant, visitor=manager, reason="nein")


def _withdraw(applicant: Membership, manager: Visitor) -> None:
    admission.leave(membership=applicant)


@pytest.mark.parametrize(
    ("first", "second", "state", "mails"),
    [
        (_refuse, _admit, MembershipState.REFUSED, ["membership.refused"]),
        (_admit, _refuse, MembershipState.ACTIVE, ["membership.admitted"]),
        (_admit, _admit, MembershipState.ACTIVE, ["membership.admitted"]),
        (_withdraw, _admit, MembershipState.LEFT, []),
        (_withdraw, _refuse, MembershipState.LEFT, []),
    ],
)
def test_request_is_decided_once_when_two_act_at_once(
    committed_network: BoundNetwork, first: Step, second: Step, state: MembershipState, mails: list[str]
) -> None:
    with bind(committed_network):
        one, two = (visitor_of(make_person(name, roles=(Role.MANAGER,))) for name in ("Ute", "Uwe"))
        applicant = Membership.objects.get(person=make_person("Jana", state=MembershipState.REQUESTED))
    with meanwhile(committed_network, lambda: second(applicant, two)) as other:
        first(applicant, one)
    assert other.result() is False
    with bind(committed_network):
        applicant.refresh_from_db()
        assert applicant.state == state
        assert list(Mail.objects.filter(recipient=applicant.person).values_list("kind", flat=True)) == mails


def test_two_links_to_one_mailbox_are_followed_at_once(committed_network: BoundNetwork) -> None:
    email = f"zwei@{committed_network.slug}.example.org"
    joining = join_links.Joining("transferagentur", None, "", "Zoe", "Zwei", PASSWORD)
    with bind(committed_network):
        asking, inviting = (
            join_links.token_for(join_links.send(email=email, admits=admits)) for admits in (False, True)
        )
    with meanwhile(committed_network, lambda: join_links.accept(inviting, joining)) as second:
        join_links.accept(asking, joining)
    assert second.result().is_active
    with bind(committed_network):
        assert Membership.objects.get(person__email=email).is_active


@pytest.mark.parametrize("merging_first", [True, False])
def test_function_is_merged_while_somebody_chooses_it(committed_network: BoundNetwork, merging_first: bool) -> None:
    with bind(committed_network):
        manager, person = visitor_of(make_person("Ute", roles=(Role.MANAGER,))), make_person("Jana Behrens")
        one, other = function_named("koko"), function_named("sprachfoerderung")

    def merge() -> None:
        functions.merge_functions(function=one, into=other, visitor=manager)

    def choose() -> None:
        names = {"first_name": "Jana", "last_name": "Behrens"}
        save_profile(person=person, function="koko", municipality=None, phone="", about="", **names)

    first, second = (merge, choose) if merging_first else (choose, merge)
    with meanwhile(committed_network, second) as running:
        first()
    running.result()
    with bind(committed_network):
        assert Profile.objects.get(person=person).function == other


def test_two_managers_add_one_label_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        one, two = (visitor_of(make_person(name, roles=(Role.MANAGER,))) for name in ("Ute", "Uwe"))
    with meanwhile(committed_network, lambda: functions.add_function(label="Ganztag", visitor=two)) as second:
        functions.add_function(label="Ganztag", visitor=one)
    with pytest.raises(FunctionRefusal, match="„Ganztag“ wurde gerade angelegt"):
        second.result()


def test_two_managers_trust_one_domain_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        one, two = (visitor_of(make_person(name, roles=(Role.MANAGER,))) for name in ("Ute", "Uwe"))
    with meanwhile(committed_network, lambda: trust_domain(domain="kreis.example.org", visitor=two)) as second:
        trust_domain(domain="@kreis.example.org", visitor=one)
    with pytest.raises(ValidationError, match="Diese Domain steht schon auf der Liste"):
        second.result()


def test_one_person_asks_to_belong_twice_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        person = Person.objects.create_user(f"zwei@{committed_network.slug}.example.org", None)

    def ask() -> AdmissionRequest:
        return admission.request_membership(person=person, function="koko", municipality=None)

    with meanwhile(committed_network, ask) as second:
        first = ask()
    assert second.result() == first
    with bind(committed_network):
        assert Membership.objects.get(person_id=person.pk).state == MembershipState.REQUESTED
        assert AdmissionRequest.objects.get(membership__person_id=person.pk) == first


def test_address_is_confirmed_while_a_manager_admits(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        manager = visitor_of(make_person("Ute", roles=(Role.MANAGER,)))
        applicant = Membership.objects.get(person=make_person("Jana", state=MembershipState.REQUESTED))
        AdmissionRequest.objects.create(membership=applicant, state=AdmissionState.UNCONFIRMED)
    with meanwhile(committed_network, lambda: admission.address_confirmed(applicant.person)) as second:
        admission.admit(membership=applicant, visitor=manager)
    assert second.result() == applicant
    with bind(committed_network):
        assert AdmissionRequest.objects.get(membership=applicant).state == AdmissionState.ADMITTED
        assert Mail.objects.filter(recipient=applicant.person).count() == 1
