"""Speaker and deputy of an AG, lead of a sub-group: one person each."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from dkbm.accounts.models import Person
from dkbm.audit import log as audit
from dkbm.cms.domain.edits import note_edit
from dkbm.live.broadcast import rights_changed_on_commit
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain import mails
from workgroups.domain.concept import sync_concept_group
from workgroups.domain.groups import lock
from workgroups.enums import AG_OFFICES, GroupMembershipState, Office
from workgroups.errors import GroupRefusal, insist
from workgroups.models import GroupMembership, Workgroup

OFFICES = "offices"
"""What the form of the offices changes of a group, see ``cms.domain.edits``."""


@transaction.atomic
def assign_offices(*, workgroup: Workgroup, holders: dict[str, Person | None], visitor: Visitor) -> None:
    """Say for each office who holds it from now on; those who held it before step down.

    New holders are told; the concept group follows. Raises ``GroupRefusal``, with ``field`` = the office.
    """
    workgroup = lock(workgroup, visitor)
    insist(rules.may_set_offices(visitor, workgroup))
    people = [person.pk for person in holders.values() if person is not None]
    if len(people) != len(set(people)):
        raise GroupRefusal(
            _("Sprecheramt und Stellvertretung brauchen zwei verschiedene Personen."), field=list(holders)[-1]
        )
    present = {row.office: row for row in workgroup.memberships.exclude(office="").select_related("person")}
    for office, person in holders.items():
        row = present.get(office)
        if row is not None and (person is None or row.person_id != person.pk):
            _set(workgroup, row.person, Office.NONE, visitor.person)
    for office, person in holders.items():
        if person is not None:
            _set(workgroup, person, office, visitor.person)
    visitor.forget()
    sync_concept_group()
    note_edit(workgroup, visitor=visitor, part=OFFICES)


def _set(workgroup: Workgroup, person: Person, office: str, actor: Person) -> None:
    """Write one office of a locked group."""
    _check_fits(workgroup, office)
    row: GroupMembership | None = (
        workgroup.memberships.filter(person=person, state=GroupMembershipState.ACTIVE).select_related("person").first()
    )
    if row is None:
        raise GroupRefusal(
            _("%(name)s ist kein Mitglied von „%(group)s“.") % {"name": person.display_name, "group": workgroup.title},
            field=office,
        )
    if row.office == office:
        return
    row.office = office
    row.save(update_fields=["office"])
    rights_changed_on_commit(person.pk)
    audit.record(action="group.office", actor=actor, subject=person, group=workgroup.title, office=office)
    row.workgroup = workgroup
    if office and person.pk != actor.pk:
        mails.office_given(row)


def _check_fits(workgroup: Workgroup, office: str) -> None:
    allowed = {Office.NONE, *(AG_OFFICES if workgroup.is_workgroup else ())}
    if workgroup.is_subgroup:
        allowed.add(Office.LEAD)
    if office not in allowed:
        raise GroupRefusal(_("Dieses Amt gibt es in „%(group)s“ nicht.") % {"group": workgroup.title}, field=office)
