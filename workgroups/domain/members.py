"""Who is in a group: taking members in, removing them, leaving."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from dkbm.accounts.models import Person
from dkbm.audit import log as audit
from dkbm.events.domain.registration import give_back_unseen
from dkbm.live.broadcast import rights_changed_on_commit
from dkbm.tenancy import locking
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain import mails
from workgroups.domain.concept import sync_concept_group
from workgroups.domain.groups import lock, put_in_group
from workgroups.domain.joining import activate
from workgroups.domain.queries.groups import candidates
from workgroups.enums import GroupMembershipState, Office
from workgroups.errors import GroupRefusal, insist
from workgroups.models import GroupMembership, Workgroup


@transaction.atomic
def add_to_group(*, workgroup: Workgroup, person: Person, visitor: Visitor) -> GroupMembership:
    """Speaker or manager takes an active member of the network in without a request; the person is told.

    A request of theirs that waits is admitted. Whoever is in already stays as they are. Raises ``GroupRefusal``.
    """
    workgroup = lock(workgroup, visitor)
    insist(rules.may_manage_members(visitor, workgroup))
    row = GroupMembership.objects.select_for_update().filter(workgroup=workgroup, person=person).first()
    if row is not None and row.is_active:
        return row
    if not candidates(workgroup).filter(pk=person.pk).exists():
        raise GroupRefusal(_("Bitte wählen Sie ein Mitglied des Netzwerks."), field="person")
    visitor.forget()  # it may be themselves
    if row is not None and row.is_requested:
        row.workgroup, row.decided_by = workgroup, visitor.person
        return activate(row)
    row = put_in_group(workgroup=workgroup, person=person)
    row.workgroup, row.decided_by = workgroup, visitor.person
    row.save(update_fields=["decided_by"])
    mails.added(row, by=visitor.person)
    audit.record(action="group.added", actor=visitor.person, subject=person, group=workgroup.title)
    return row


@transaction.atomic
def remove_from_group(*, row: GroupMembership, reason: str, visitor: Visitor) -> GroupMembership:
    """Speaker or manager ends somebody's membership in an AG and its sub-groups; offices fall vacant.

    The person reads the reason in a mail and may ask again. Raises ``GroupRefusal``.
    """
    workgroup = lock(row.workgroup, visitor)
    row = locking.lock(row, "person")
    row.workgroup = workgroup
    insist(rules.may_remove(visitor, workgroup, row))
    if not reason.strip():
        raise GroupRefusal(_("Bitte nennen Sie den Grund; er steht in der E-Mail."), field="reason")
    row.reason, row.decided_by = reason.strip(), visitor.person
    row.save(update_fields=["reason", "decided_by"])
    _end(GroupMembership.objects.filter(Q(workgroup=workgroup) | Q(workgroup__parent=workgroup)), row.person_id)
    visitor.forget()
    sync_concept_group()
    mails.removed(row)
    audit.record(
        action="group.removed", actor=visitor.person, subject=row.person, reason=row.reason, group=workgroup.title
    )
    return row


@transaction.atomic
def leave_group(*, workgroup: Workgroup, visitor: Visitor) -> None:
    """Leave a group; whoever leaves an AG leaves its sub-groups too. An office has to be handed over before.

    In a group that can only be read nobody could take the office over: there it ends with the membership.
    Raises ``GroupRefusal`` with a sentence that names the office.
    """
    workgroup = lock(workgroup, visitor)
    insist(rules.may_leave(visitor, workgroup))
    led = GroupMembership.objects.filter(workgroup__parent=workgroup, person=visitor.person, office=Office.LEAD)
    first = led.filter(workgroup__state="open").select_related("workgroup").first()
    if first is not None and rules.is_writable(workgroup):
        raise GroupRefusal(
            _("Sie leiten die Unterarbeitsgruppe „%(group)s“. Bitte übergeben Sie die Leitung, bevor Sie austreten.")
            % {"group": first.workgroup.name}
        )
    _end(GroupMembership.objects.filter(Q(workgroup=workgroup) | Q(workgroup__parent=workgroup)), visitor.person.pk)
    visitor.forget()
    sync_concept_group()


@transaction.atomic
def end_memberships(membership: Membership) -> None:
    """Somebody leaves the network: every group membership and request ends, offices fall vacant."""
    _end(GroupMembership.objects.all(), membership.person_id)
    sync_concept_group()


def _end(rows: QuerySet[GroupMembership], person_id: UUID) -> None:
    """End what of these rows is the person's, with seats at meetings; open sockets hear nothing more of the groups."""
    standing = (GroupMembershipState.ACTIVE, GroupMembershipState.REQUESTED)
    rows.filter(person_id=person_id, state__in=standing).update(
        state=GroupMembershipState.LEFT, office=Office.NONE, seat_of=None
    )
    rights_changed_on_commit(person_id)
    give_back_unseen(person_id)
