"""Asking, admitting, refusing, joining, leaving."""

from __future__ import annotations

import pytest

from dkbm.accounts.hooks import run_departure
from dkbm.accounts.models import Person
from dkbm.audit.models import AuditEntry
from dkbm.notifications.models import Mail
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import visitor_of
from tests.factories.groups import (
    make_colleague,
    make_member,
    make_subgroup,
    make_workgroup,
    membership_of,
    row_of,
)
from workgroups.domain.ending import archive_workgroup, close_subgroup
from workgroups.domain.groups import put_in_group
from workgroups.domain.joining import (
    admit_to_group,
    join_subgroup,
    refuse_to_group,
    request_to_join,
    withdraw_request,
)
from workgroups.domain.members import leave_group
from workgroups.domain.queries.groups import groups_of, readable_group_ids
from workgroups.errors import GroupRefusal
from workgroups.models import GroupMembership, Workgroup

pytestmark = pytest.mark.usefixtures("in_niedersachsen")


def ask(group: Workgroup, person: Person, message: str = "") -> GroupMembership:
    return request_to_join(workgroup=group, visitor=visitor_of(person), message=message)


def mails() -> list[tuple[str, str, str]]:
    return sorted(Mail.objects.values_list("kind", "address", "path"))


def test_request_tells_speaker_and_deputy() -> None:
    group = make_workgroup(number=1, name="Kommunales Bildungsmanagement", slug="ag1")
    speaker, deputy = make_member(group, office="speaker"), make_member(group, office="deputy")
    make_member(group)
    make_colleague(roles=("manager",))
    row = ask(group, make_colleague("Jana Oltmanns", function="koko"), "Ich suche Kontakt.")
    assert row.state == "requested"
    path = "/ag/ag1/-/anfragen/"
    assert mails() == sorted(("group.request", person.email, path) for person in (speaker, deputy))
    mail = Mail.objects.first()
    assert mail.subject == "Jana Oltmanns möchte in „AG 1 Kommunales Bildungsmanagement“ mitarbeiten"
    assert "Koordination Neuzugewanderte (KoKo)" in mail.body
    assert "Ich suche Kontakt." in mail.body


def test_request_tells_the_managers_where_offices_are_vacant() -> None:
    group = make_workgroup(slug="ag1")
    manager = make_colleague(roles=("manager",))
    ask(group, make_colleague())
    assert mails() == [("group.request", manager.email, "/ag/ag1/-/anfragen/")]


def test_second_request_is_refused_with_a_sentence() -> None:
    group, person = make_workgroup(), make_colleague()
    ask(group, person)
    with pytest.raises(GroupRefusal, match="Ihre Anfrage ist eingegangen"):
        ask(group, person)
    assert GroupMembership.objects.filter(person=person).count() == 1


def test_who_was_refused_may_ask_again() -> None:
    group, person = make_workgroup(), make_colleague()
    speaker = make_member(group, office="speaker")
    row = ask(group, person)
    refuse_to_group(row=row, reason="Zuerst das Profil ausfüllen.", visitor=visitor_of(speaker))
    again = ask(group, person, "Jetzt ausgefüllt.")
    assert (again.pk, again.state, again.reason) == (row.pk, "requested", "")


def test_speaker_admits_and_the_person_is_told() -> None:
    group = make_workgroup(slug="ag1")
    speaker, person = make_member(group, office="speaker"), make_colleague()
    row = ask(group, person)
    admit_to_group(row=row, visitor=visitor_of(speaker))
    row = row_of(group, person)
    assert (row.state, row.decided_by) == ("active", speaker)
    assert row.since is not None
    assert ("group.admitted", person.email, "/ag/ag1/") in mails()
    entry = AuditEntry.objects.get(action="group.admitted")
    assert (entry.actor, entry.subject) == (speaker, person)
    assert list(groups_of(person)) == [group]


def test_admitting_twice_writes_one_mail() -> None:
    group = make_workgroup()
    speaker, person = make_member(group, office="speaker"), make_colleague()
    row = ask(group, person)
    admit_to_group(row=row, visitor=visitor_of(speaker))
    admit_to_group(row=row, visitor=visitor_of(speaker))
    assert Mail.objects.filter(kind="group.admitted").count() == 1


def test_member_without_office_cannot_admit() -> None:
    group = make_workgroup()
    member, person = make_member(group), make_colleague()
    row = ask(group, person)
    with pytest.raises(GroupRefusal, match="Über Anfragen entscheiden"):
        admit_to_group(row=row, visitor=visitor_of(member))
    assert row_of(group, person).state == "requested"


def test_speaker_of_another_ag_cannot_admit() -> None:
    group, other = make_workgroup(), make_workgroup()
    speaker, person = make_member(other, office="speaker"), make_colleague()
    row = ask(group, person)
    with pytest.raises(GroupRefusal):
        admit_to_group(row=row, visitor=visitor_of(speaker))


def test_speaker_cannot_admit_whom_the_network_has_not_admitted() -> None:
    group = make_workgroup()
    speaker, person = make_member(group, office="speaker"), make_colleague("Jana Oltmanns", state="requested")
    row = GroupMembership.objects.create(workgroup=group, person=person)
    with pytest.raises(GroupRefusal, match="Jana Oltmanns ist noch nicht in das Netzwerk aufgenommen"):
        admit_to_group(row=row, visitor=visitor_of(speaker))


def test_refusal_needs_a_reason_and_mails_it() -> None:
    group = make_workgroup()
    speaker, person = make_member(group, office="speaker"), make_colleague()
    row = ask(group, person)
    with pytest.raises(GroupRefusal) as error:
        refuse_to_group(row=row, reason="  ", visitor=visitor_of(speaker))
    assert error.value.field == "reason"
    refuse_to_group(row=row, reason="Die Gruppe ist <voll>.", visitor=visitor_of(speaker))
    assert row_of(group, person).reason == "Die Gruppe ist <voll>."
    assert "Die Gruppe ist <voll>." in Mail.objects.get(kind="group.refused").body


def test_waiting_person_cannot_ask() -> None:
    group, person = make_workgroup(), make_colleague(state="requested")
    with pytest.raises(GroupRefusal, match="Mitgliedern des Netzwerks"):
        ask(group, person)


def test_archived_group_refuses_requests() -> None:
    group, manager = make_workgroup(number=9, name="Alt"), make_colleague(roles=("manager",))
    waiting = make_colleague()
    ask(group, waiting)
    archive_workgroup(group=group, visitor=visitor_of(manager))
    assert row_of(group, waiting).state == "refused"
    with pytest.raises(GroupRefusal, match="„AG 9 Alt“ ist archiviert und kann nur noch gelesen werden"):
        ask(group, make_colleague())


def test_member_of_the_ag_joins_a_subgroup_at_once() -> None:
    ag = make_workgroup()
    group, person = make_subgroup(ag), make_member(ag)
    row = join_subgroup(group=group, visitor=visitor_of(person))
    assert row.state == "active"
    assert readable_group_ids(visitor_of(person)) == {ag.pk, group.pk}


def test_joining_from_outside_asks_for_both_and_admission_opens_both() -> None:
    ag = make_workgroup()
    group, person, speaker = make_subgroup(ag), make_colleague(), make_member(ag, office="speaker")
    join_subgroup(group=group, visitor=visitor_of(person), message="Zu den Daten.")
    assert [row_of(each, person).state for each in (ag, group)] == ["requested", "requested"]
    assert row_of(ag, person).message == "Zu den Daten."
    admit_to_group(row=row_of(ag, person), visitor=visitor_of(speaker))
    assert [row_of(each, person).state for each in (ag, group)] == ["active", "active"]


def test_withdrawing_ends_the_request_for_the_subgroup_too() -> None:
    ag = make_workgroup()
    group, person = make_subgroup(ag), make_colleague()
    join_subgroup(group=group, visitor=visitor_of(person))
    withdraw_request(workgroup=ag, visitor=visitor_of(person))
    assert [row_of(each, person).state for each in (ag, group)] == ["left", "left"]


def test_closed_subgroup_cannot_be_joined() -> None:
    ag = make_workgroup()
    group, person = make_subgroup(ag, closed="2023-09-14"), make_member(ag)
    with pytest.raises(GroupRefusal, match="abgeschlossen und kann nur noch gelesen werden"):
        join_subgroup(group=group, visitor=visitor_of(person))


def test_leaving_an_ag_leaves_its_subgroups() -> None:
    ag, other = make_workgroup(), make_workgroup()
    group, person = make_subgroup(ag), make_member(ag)
    for each in (group, other):
        put_in_group(workgroup=each, person=person)
    leave_group(workgroup=ag, visitor=visitor_of(person))
    assert [row_of(each, person).state for each in (ag, group, other)] == ["left", "left", "active"]


def test_speaker_and_lead_cannot_leave() -> None:
    ag = make_workgroup()
    speaker, lead = make_member(ag, office="speaker"), make_member(ag)
    put_in_group(workgroup=make_subgroup(ag), person=lead, office="lead")
    with pytest.raises(GroupRefusal, match="das Amt „Sprecher/-in“"):
        leave_group(workgroup=ag, visitor=visitor_of(speaker))
    with pytest.raises(GroupRefusal, match="Sie leiten die Unterarbeitsgruppe „Kleinräumige Daten“"):
        leave_group(workgroup=ag, visitor=visitor_of(lead))


def test_office_in_a_finished_group_ends_by_leaving(in_niedersachsen: BoundNetwork) -> None:
    ag, manager = make_workgroup(), make_colleague(roles=("manager",))
    speaker, lead = make_member(ag, office="speaker"), make_member(ag)
    running, closed = make_subgroup(ag), make_subgroup(ag, slug="uag-fertig")
    for group in (running, closed):
        put_in_group(workgroup=group, person=lead, office="lead")
    close_subgroup(group=closed, result="Ein Papier.", visitor=visitor_of(lead))
    leave_group(workgroup=closed, visitor=visitor_of(lead))
    assert (row_of(closed, lead).state, row_of(closed, lead).office) == ("left", "")
    archive_workgroup(group=ag, visitor=visitor_of(manager))
    for person in (speaker, lead):  # the lead of a sub-group that nobody can work in any more, too
        leave_group(workgroup=ag, visitor=visitor_of(person))
    assert [
        (row_of(group, person).state, row_of(group, person).office)
        for group, person in ((ag, speaker), (ag, lead), (running, lead))
    ] == [("left", "")] * 3


def test_leaving_the_network_ends_everything(in_niedersachsen: BoundNetwork) -> None:
    ag, other = make_workgroup(), make_workgroup()
    person = make_member(ag, office="speaker")
    ask(other, person)
    run_departure(membership_of(person))
    assert [(row_of(each, person).state, row_of(each, person).office) for each in (ag, other)] == [
        ("left", ""),
        ("left", ""),
    ]
