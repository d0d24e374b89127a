"""Who may do what: role x state of the group x action."""

from __future__ import annotations

import pytest

from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import Visitor, guest, visitor_of, visitor_with
from tests.factories.groups import (
    make_colleague,
    make_concept_group,
    make_member,
    make_subgroup,
    make_workgroup,
    membership_of,
)
from workgroups import rules
from workgroups.domain.groups import put_in_group
from workgroups.enums import GroupState
from workgroups.models import Workgroup

ACTIONS = ("read", "write", "join", "leave", "admit", "found_subgroup", "set_offices", "archive")

TABLE = {
    # role: actions allowed in an open AG, actions allowed in an archived one
    "guest": ("", ""),
    "waiting": ("", ""),
    "colleague": ("join", ""),
    "asked": ("", ""),
    "member": ("read write leave found_subgroup", "read leave"),
    "editor": ("join", ""),
    "speaker": ("read write admit found_subgroup", "read leave"),
    "deputy": ("read write admit found_subgroup", "read leave"),
    "manager": ("read write join admit set_offices archive", "read"),
}

SUBGROUP_ACTIONS = ("see_subgroup", "read", "write", "join", "leave", "invite", "edit", "close", "set_offices")

SUBGROUP_TABLE = {
    # role: in an open sub-group, in a closed one, in an open one of an archived AG
    "guest": ("", "", ""),
    "colleague": ("join", "", ""),
    "ag_member": ("see_subgroup join", "see_subgroup", "see_subgroup"),
    "ag_speaker": ("see_subgroup join close", "see_subgroup", "see_subgroup"),
    "member": ("see_subgroup read write leave", "see_subgroup read leave", "see_subgroup read leave"),
    "lead": ("see_subgroup read write invite edit close set_offices",) + ("see_subgroup read leave",) * 2,
    "manager": ("see_subgroup read write join invite edit close set_offices", "see_subgroup read", "see_subgroup read"),
}


def person_in_role(role: str, group: Workgroup) -> Visitor:
    ag = group.parent or group
    if role == "guest":
        return guest()
    if role == "waiting":
        person = make_colleague(state="requested")
    elif role == "manager":
        person = make_colleague(roles=("manager",))
    elif role == "editor":
        person = make_colleague(roles=("editor",))
    elif role in ("speaker", "deputy"):
        person = make_member(ag, office=role)
    elif role == "ag_speaker":
        person = make_member(ag, office="speaker")
    elif role in ("member", "ag_member", "lead"):
        person = make_member(ag)
        if group.is_subgroup and role != "ag_member":
            put_in_group(workgroup=group, person=person, office="lead" if role == "lead" else None)
    else:
        person = make_colleague()
        if role == "asked":
            group.memberships.create(person=person, state="requested")
    return visitor_of(person)


def allowed(actions: tuple[str, ...], visitor: Visitor, group: Workgroup) -> str:
    fresh = Workgroup.objects.select_related("parent").get(pk=group.pk)
    decisions = {action: getattr(rules, f"may_{action}")(visitor, fresh) for action in actions}
    assert all(decision.allowed or decision.reason for decision in decisions.values())
    return " ".join(action for action, decision in decisions.items() if decision)


@pytest.mark.parametrize("role", TABLE)
def test_what_a_role_may_in_an_ag(in_niedersachsen: BoundNetwork, role: str) -> None:
    group = make_workgroup()
    asked = person_in_role(role, group)
    assert allowed(ACTIONS, asked, group) == TABLE[role][0]
    Workgroup.objects.filter(pk=group.pk).update(state=GroupState.ARCHIVED)
    assert allowed(ACTIONS, asked, group) == TABLE[role][1]


@pytest.mark.parametrize("role", SUBGROUP_TABLE)
def test_what_a_role_may_in_a_subgroup(in_niedersachsen: BoundNetwork, role: str) -> None:
    ag = make_workgroup()
    group = make_subgroup(ag)
    asked = person_in_role(role, group)
    assert allowed(SUBGROUP_ACTIONS, asked, group) == SUBGROUP_TABLE[role][0]
    Workgroup.objects.filter(pk=group.pk).update(state=GroupState.CLOSED)
    assert allowed(SUBGROUP_ACTIONS, asked, group) == SUBGROUP_TABLE[role][1]
    Workgroup.objects.filter(pk=group.pk).update(state=GroupState.OPEN)
    Workgroup.objects.filter(pk=ag.pk).update(state=GroupState.ARCHIVED)
    assert allowed(SUBGROUP_ACTIONS, asked, group) == SUBGROUP_TABLE[role][2]


@pytest.mark.parametrize(
    ("role", "expected"),
    [("guest", ""), ("colleague", ""), ("speaker", "read write"), ("manager", "read write archive")],
)
def test_what_a_role_may_in_the_concept_group(in_niedersachsen: BoundNetwork, role: str, expected: str) -> None:
    concept, ag = make_concept_group(), make_workgroup()
    asked = person_in_role(role, ag)
    assert allowed(ACTIONS, asked, concept) == expected


def test_who_left_the_network_may_nothing(in_niedersachsen: BoundNetwork) -> None:
    group = make_workgroup()
    person = make_member(group)
    membership = membership_of(person)
    membership.state = "left"
    assert allowed(ACTIONS, visitor_with(membership), group) == ""


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        (GroupState.CLOSED, "„Kleinräumige Daten“ ist abgeschlossen und kann nur noch gelesen werden."),
        (GroupState.ARCHIVED, "„Kleinräumige Daten“ ist archiviert und kann nur noch gelesen werden."),
    ],
)
def test_read_only_groups_say_why(in_niedersachsen: BoundNetwork, state: str, sentence: str) -> None:
    ag = make_workgroup()
    group = make_subgroup(ag)
    person = make_member(group)
    group.state = state
    assert rules.may_write(visitor_of(person), group).reason == sentence
    assert rules.may_close(visitor_of(make_member(ag, office="speaker")), group).reason


def test_speaker_reads_that_the_office_has_to_be_handed_over(in_niedersachsen: BoundNetwork) -> None:
    group = make_workgroup()
    person = make_member(group, office="speaker")
    decision = rules.may_leave(visitor_of(person), group)
    assert decision.reason == (
        "Sie haben in dieser Gruppe das Amt „Sprecher/-in“. Bitte übergeben Sie es, bevor Sie austreten."
    )
