"""A new sub-group: the members of its AG find it on their page, speaker and deputy get a mail."""

from __future__ import annotations

import pytest

from dkbm.accounts.models import Person
from dkbm.notifications.domain.queries.notifications import sentence_of
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import Level
from dkbm.notifications.models import Mail, Notification
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import visitor_of
from tests.factories.groups import make_member, make_workgroup
from tests.factories.people import make_person
from workgroups.domain.founding import found_subgroup
from workgroups.models import Workgroup

pytestmark = pytest.mark.usefixtures("in_niedersachsen")


@pytest.fixture
def ag(in_niedersachsen: BoundNetwork) -> Workgroup:
    return make_workgroup("ag1", number=1, name="Daten")


@pytest.fixture
def founder(ag: Workgroup) -> Person:
    return make_member(ag, "Anna Verden")


def found(ag: Workgroup, founder: Person) -> Workgroup:
    return found_subgroup(
        workgroup=ag,
        visitor=visitor_of(founder),
        name="Kleinräumige Daten",
        question="Wie schneiden wir Räume zu?",
        expected_result="Ein Papier.",
    )


def told() -> set[object]:
    return set(Notification.objects.values_list("person_id", flat=True))


def mailed() -> set[object]:
    return set(Mail.objects.values_list("recipient_id", flat=True))


def test_members_of_the_ag_are_told_once_and_its_offices_mailed(ag: Workgroup, founder: Person) -> None:
    speaker, member = make_member(ag, office="speaker"), make_member(ag)
    make_person()
    Mail.objects.all().delete()
    group = found(ag, founder)
    assert found(ag, founder) == group  # the form was sent twice
    assert told() == {speaker.pk, member.pk}
    assert mailed() == {speaker.pk}
    row = Notification.objects.get(person=member)
    assert sentence_of(row) == (
        "Anna Verden hat in „AG 1 Daten“ eine Unterarbeitsgruppe gegründet: „Kleinräumige Daten“."
    )
    assert row.path == group.get_absolute_url()
    assert "Wie schneiden wir Räume zu?" in Mail.objects.get().body


def test_who_follows_is_mailed_as_far_as_they_may_see_it(ag: Workgroup, founder: Person) -> None:
    member, stranger = make_member(ag), make_person()
    for person in (member, stranger, founder):
        set_wish(kind="group.subgroup_founded", person=person, level=Level.AT_ONCE)
    found(ag, founder)
    assert told() == mailed() == {member.pk}
