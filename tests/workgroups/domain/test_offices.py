"""Offices, and the concept group that follows them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dkbm.accounts.models import Person
from dkbm.notifications.models import Mail
from dkbm.tenancy.visitor import visitor_of
from tests.factories.groups import (
    make_colleague,
    make_concept_group,
    make_member,
    make_subgroup,
    make_workgroup,
    row_of,
)
from workgroups.domain.concept import set_further_members
from workgroups.domain.ending import archive_workgroup
from workgroups.domain.members import leave_group
from workgroups.domain.offices import assign_offices
from workgroups.domain.queries.overview import members_list
from workgroups.errors import GroupRefusal
from workgroups.models import GroupMembership, Workgroup

pytestmark = pytest.mark.usefixtures("in_niedersachsen")


@pytest.fixture
def manager(in_niedersachsen: Any) -> Person:
    return make_colleague("Lena Leitung", roles=("manager",))


def give(group: Workgroup, person: Person | None, office: str, actor: Person) -> None:
    assign_offices(workgroup=group, holders={office: person}, visitor=visitor_of(actor))


def seat(group: Workgroup, people: list[Person], actor: Person) -> None:
    set_further_members(workgroup=group, people=people, visitor=visitor_of(actor))


def seated(concept: Workgroup) -> list[tuple[str, str]]:
    return [(member.card.name, member.note) for member in members_list(concept)]


def test_manager_gives_an_office_and_the_person_is_told(manager: Person) -> None:
    group = make_workgroup(number=1, name="Bildung")
    person = make_member(group)
    give(group, person, "speaker", manager)
    assert row_of(group, person).office == "speaker"
    mail = Mail.objects.get(kind="group.office")
    assert (mail.address, mail.subject) == (person.email, "Ihr Amt in „AG 1 Bildung“: Sprecher/-in")


def test_second_speaker_takes_the_place_of_the_first(manager: Person) -> None:
    group = make_workgroup(number=1, name="Bildung")
    first, second = make_member(group, "Maria Kröger", office="speaker"), make_member(group)
    give(group, second, "speaker", manager)
    assert [row_of(group, person).office for person in (first, second)] == ["", "speaker"]
    assert [mail.address for mail in Mail.objects.filter(kind="group.office")] == [second.email]


def test_database_refuses_a_second_speaker() -> None:
    group = make_workgroup()
    make_member(group, office="speaker")
    row = row_of(group, make_member(group))
    row.office = "speaker"
    with pytest.raises(IntegrityError, match="one_holder_an_office"), transaction.atomic():
        row.save()


def test_database_refuses_office_without_membership() -> None:
    group = make_workgroup()
    row = row_of(group, make_member(group, office="speaker"))
    row.state = "left"
    with pytest.raises(IntegrityError, match="only_active_members_hold_office"), transaction.atomic():
        row.save()


def test_speakers_cannot_give_offices() -> None:
    group = make_workgroup()
    speaker = make_member(group, office="speaker")
    with pytest.raises(GroupRefusal, match="Ämter kann nur die Netzwerkleitung vergeben"):
        give(group, make_member(group), "deputy", speaker)


@pytest.mark.parametrize("office", ["lead", "kassenwart"])
def test_offices_that_an_ag_does_not_have(manager: Person, office: str) -> None:
    group = make_workgroup()
    with pytest.raises(GroupRefusal, match="Dieses Amt gibt es"):
        give(group, make_member(group), office, manager)


def test_office_needs_membership_in_the_group(manager: Person) -> None:
    with pytest.raises(GroupRefusal, match="ist kein Mitglied"):
        give(make_workgroup(), make_colleague(), "speaker", manager)


def test_assigning_swaps_speaker_and_deputy(manager: Person) -> None:
    group = make_workgroup()
    first, second = make_member(group, office="speaker"), make_member(group, office="deputy")
    assign_offices(
        workgroup=group,
        holders={"speaker": second, "deputy": first},
        visitor=visitor_of(manager),
    )
    assert [row_of(group, person).office for person in (first, second)] == ["deputy", "speaker"]


def test_one_person_cannot_hold_both_offices(manager: Person) -> None:
    group = make_workgroup()
    person = make_member(group)
    with pytest.raises(GroupRefusal, match="zwei verschiedene Personen"):
        assign_offices(
            workgroup=group,
            holders={"speaker": person, "deputy": person},
            visitor=visitor_of(manager),
        )


def test_lead_hands_over_and_may_leave_then() -> None:
    ag = make_workgroup()
    lead, heir = make_colleague(), make_colleague()
    group = make_subgroup(ag, founder=lead)
    for person in (heir,):
        GroupMembership.objects.create(workgroup=group, person=person, state="active")
    assign_offices(workgroup=group, holders={"lead": heir}, visitor=visitor_of(lead))
    leave_group(workgroup=ag, visitor=visitor_of(lead))
    assert (row_of(group, heir).office, row_of(group, lead).state) == ("lead", "left")


def test_concept_group_follows_the_offices(manager: Person) -> None:
    concept, ag1, ag2 = make_concept_group(), make_workgroup(number=1), make_workgroup(number=2)
    first, second = make_member(ag1, "Anna Eins"), make_member(ag2, "Bernd Zwei")
    give(ag1, first, "speaker", manager)
    give(ag2, second, "deputy", manager)
    assert seated(concept) == [("Anna Eins", "Sprecher/-in AG 1"), ("Bernd Zwei", "Stellvertretung AG 2")]
    give(ag1, None, "speaker", manager)
    assert seated(concept) == [("Bernd Zwei", "Stellvertretung AG 2")]
    archive_workgroup(group=ag2, visitor=visitor_of(manager))
    assert seated(concept) == []


def test_offices_from_before_the_concept_group_count() -> None:
    make_member(make_workgroup(number=1), "Anna Eins", office="speaker")
    assert seated(make_concept_group()) == [("Anna Eins", "Sprecher/-in AG 1")]


def test_three_further_members_an_ag_and_no_fourth(manager: Person) -> None:
    concept, ag1, ag2 = make_concept_group(), make_workgroup(number=1), make_workgroup(number=2)
    people = [make_member(ag1, f"{letter} Mitglied") for letter in "ABCD"]
    with pytest.raises(GroupRefusal) as error:
        seat(ag1, people, manager)
    assert (str(error.value), error.value.field) == (
        "Je Arbeitsgruppe sind höchstens 3 weitere Mitglieder möglich, ausgewählt sind 4.",
        "further",
    )
    assert seated(concept) == []
    seat(ag1, people[:3], manager)
    seat(ag2, [make_member(ag2, "E Mitglied")], manager)
    assert seated(concept) == [
        ("A Mitglied", "für AG 1"),
        ("B Mitglied", "für AG 1"),
        ("C Mitglied", "für AG 1"),
        ("E Mitglied", "für AG 2"),
    ]
    seat(ag1, people[3:], manager)
    assert seated(concept) == [("D Mitglied", "für AG 1"), ("E Mitglied", "für AG 2")]


def test_holder_of_an_office_takes_no_further_seat(manager: Person) -> None:
    concept, ag = make_concept_group(), make_workgroup(number=1)
    speaker = make_member(ag, "Anna Eins", office="speaker")
    others = [make_member(ag, f"{letter} Mitglied") for letter in "ABC"]
    seat(ag, [speaker, *others], manager)
    assert len(seated(concept)) == 4
    give(ag, others[0], "deputy", manager)
    assert row_of(concept, others[0]).seat_of is None


def test_leaving_the_ag_gives_the_seat_back(manager: Person) -> None:
    concept, ag = make_concept_group(), make_workgroup()
    person = make_member(ag)
    seat(ag, [person], manager)
    leave_group(workgroup=ag, visitor=visitor_of(person))
    assert seated(concept) == []


def test_who_is_not_in_the_ag_cannot_sit_for_it(manager: Person) -> None:
    make_concept_group()
    with pytest.raises(GroupRefusal, match="ist kein Mitglied"):
        seat(make_workgroup(), [make_colleague()], manager)
