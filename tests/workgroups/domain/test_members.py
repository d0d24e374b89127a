"""Speaker and managers take members in and remove them."""

from __future__ import annotations

from typing import Any

import pytest

from dkbm.accounts.models import Person
from dkbm.audit.models import AuditEntry
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from tests.factories.groups import (
    make_colleague,
    make_concept_group,
    make_member,
    make_subgroup,
    make_workgroup,
    row_of,
)
from workgroups.domain.groups import put_in_group
from workgroups.domain.members import add_to_group, remove_from_group
from workgroups.errors import GroupRefusal
from workgroups.models import GroupMembership, Workgroup

pytestmark = pytest.mark.usefixtures("in_niedersachsen")


@pytest.fixture
def manager(in_niedersachsen: Any) -> Person:
    return make_colleague("Lena Leitung", roles=("manager",))


def add(group: Workgroup, person: Person, actor: Person) -> GroupMembership:
    return add_to_group(workgroup=group, person=person, visitor=visitor_of(actor))


def remove(group: Workgroup, person: Person, actor: Person, reason: str = "Zuständigkeit gewechselt.") -> None:
    row = row_of(group, person)
    remove_from_group(row=row, reason=reason, visitor=visitor_of(actor))


def mails() -> list[tuple[str, str]]:
    return list(Mail.objects.order_by("pk").values_list("kind", "address"))


def test_speaker_takes_a_member_of_the_network_in(in_niedersachsen: BoundNetwork) -> None:
    group = make_workgroup(number=1)
    speaker, person = make_member(group, "Anna Eins", office="speaker"), make_colleague()
    row = add(group, person, speaker)
    assert (row.state, row.office, row_of(group, person).decided_by) == ("active", "", speaker)
    assert mails() == [("group.added", person.email)]
    assert "Anna Eins hat Sie in „AG 1 Kommunales Bildungsmanagement“ aufgenommen." in Mail.objects.get().body
    assert AuditEntry.objects.filter(action="group.added", subject_id=person.pk).count() == 1


def test_open_request_is_admitted_with_its_subgroup(manager: Person) -> None:
    group = make_workgroup()
    subgroup, person = make_subgroup(group), make_colleague()
    for each in (group, subgroup):
        each.memberships.create(person=person, state="requested")
    assert add(group, person, manager).state == "active"
    assert row_of(subgroup, person).state == "active"
    assert mails() == [("group.admitted", person.email)]


def test_adding_twice_changes_nothing(manager: Person) -> None:
    group = make_workgroup()
    person = make_member(group, office="deputy")
    assert add(group, person, manager).office == "deputy"
    assert mails() == []


def test_who_left_can_be_taken_in_again(manager: Person) -> None:
    group = make_workgroup()
    person = make_member(group)
    remove(group, person, manager)
    add(group, person, manager)
    assert (row_of(group, person).state, row_of(group, person).reason) == ("active", "")


@pytest.mark.parametrize("state", ["requested", "refused", "left"])
def test_who_is_no_active_member_of_the_network_is_not_taken_in(manager: Person, state: str) -> None:
    group = make_workgroup()
    with pytest.raises(GroupRefusal, match="Bitte wählen Sie ein Mitglied des Netzwerks") as error:
        add(group, make_colleague(state=state), manager)
    assert error.value.field == "person"
    assert GroupMembership.objects.count() == 0


def test_member_of_another_network_is_not_taken_in(manager: Person, bayern: BoundNetwork) -> None:
    with bind(bayern):
        stranger = make_colleague()
    with pytest.raises(GroupRefusal, match="Bitte wählen Sie ein Mitglied des Netzwerks"):
        add(make_workgroup(), stranger, manager)
    assert GroupMembership.objects.count() == 0


def test_removed_member_leaves_the_subgroups_and_reads_why(manager: Person) -> None:
    group = make_workgroup(number=1)
    subgroup, person = make_subgroup(group), make_member(group)
    put_in_group(workgroup=subgroup, person=person, office="lead")
    remove(group, person, manager, " Zuständigkeit gewechselt. ")
    assert [(row_of(each, person).state, row_of(each, person).office) for each in (group, subgroup)] == [
        ("left", ""),
        ("left", ""),
    ]
    assert mails() == [("group.removed", person.email)]
    assert "Grund:\nZuständigkeit gewechselt." in Mail.objects.get().body
    assert AuditEntry.objects.get(action="group.removed").reason == "Zuständigkeit gewechselt."


def test_removing_needs_a_reason(manager: Person) -> None:
    group = make_workgroup()
    person = make_member(group)
    with pytest.raises(GroupRefusal) as error:
        remove(group, person, manager, "  ")
    assert error.value.field == "reason"
    assert row_of(group, person).state == "active"


def test_manager_removes_the_speaker_and_the_seat_goes_too(manager: Person) -> None:
    concept, group = make_concept_group(), make_workgroup()
    speaker = make_member(group, office="speaker")
    add(group, make_colleague(), manager)
    remove(group, speaker, manager)
    assert (row_of(group, speaker).state, row_of(group, speaker).office) == ("left", "")
    assert not concept.memberships.filter(state="active").exists()


def test_speaker_removes_neither_the_deputy_nor_themselves(in_niedersachsen: BoundNetwork) -> None:
    group = make_workgroup()
    speaker, deputy = make_member(group, office="speaker"), make_member(group, office="deputy")
    with pytest.raises(GroupRefusal, match="Darüber entscheidet die Netzwerkleitung"):
        remove(group, deputy, speaker)
    with pytest.raises(GroupRefusal, match="Sich selbst können Sie nicht entfernen"):
        remove(group, speaker, speaker)


@pytest.mark.parametrize("office", [None, "deputy"])
def test_other_members_change_nothing(office: str | None) -> None:
    group = make_workgroup()
    actor, person = make_member(group, office=office), make_member(group)
    with pytest.raises(GroupRefusal, match="Mitglieder verwalten"):
        add(group, make_colleague(), actor)
    with pytest.raises(GroupRefusal, match="Mitglieder verwalten"):
        remove(group, person, actor)
    assert mails() == []


def test_concept_group_and_subgroups_are_not_filled_by_hand(manager: Person) -> None:
    for group, reason in (
        (make_concept_group(), "richtet sich nach den Ämtern"),
        (make_subgroup(make_workgroup()), "selbst bei"),
    ):
        with pytest.raises(GroupRefusal, match=reason):
            add(group, make_colleague(), manager)
