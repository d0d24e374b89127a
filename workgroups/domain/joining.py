"""Asking to join a group, being admitted or refused, withdrawing."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from dkbm.audit import log as audit
from dkbm.live.broadcast import rights_changed_on_commit
from dkbm.notifications.domain.wishes import set_group_wish
from dkbm.notifications.enums import Level
from dkbm.tenancy import locking
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain.groups import lock, put_in_group
from workgroups.domain.mails import admitted as tell_admitted
from workgroups.domain.mails import refused as tell_refused
from workgroups.domain.mails import requested as tell_requested
from workgroups.enums import GroupMembershipState
from workgroups.errors import GroupRefusal, insist
from workgroups.models import GroupMembership, Workgroup


@transaction.atomic
def request_to_join(
    *, workgroup: Workgroup, visitor: Visitor, message: str = "", mails: Level | None = None
) -> GroupMembership:
    """Ask for an AG. Speaker and deputy are told, the managers where there are none. ``mails``: see ``set_group_wish``.

    Raises ``GroupRefusal``: not a member of the network, already in, already asked, group not open.
    """
    workgroup = lock(workgroup, visitor)
    if workgroup.is_subgroup:
        raise GroupRefusal(_("Einer Unterarbeitsgruppe können Sie ohne Anfrage beitreten."))
    insist(rules.may_join(visitor, workgroup))
    row = _ask(workgroup, visitor, message)
    set_group_wish(group=workgroup.pk, person=visitor.person, level=mails)
    tell_requested(row)
    return row


def _ask(workgroup: Workgroup, visitor: Visitor, message: str = "") -> GroupMembership:
    row = rules.row_in(visitor, workgroup) or GroupMembership(person=visitor.person)
    row.workgroup = workgroup
    row.begin_request(message)
    row.save()
    visitor.forget()
    return row


@transaction.atomic
def join_subgroup(
    *, group: Workgroup, visitor: Visitor, message: str = "", mails: Level | None = None
) -> GroupMembership:
    """Members of the AG are in at once. Others ask for the AG and the sub-group in the same step.

    Their row in the sub-group waits until the AG admits them. Raises ``GroupRefusal``.
    """
    group = lock(group, visitor)
    if not group.is_subgroup or group.parent is None:
        raise GroupRefusal(_("Diese Gruppe ist keine Unterarbeitsgruppe."))
    insist(rules.may_join(visitor, group))
    set_group_wish(group=group.pk, person=visitor.person, level=mails)
    if rules.in_group(visitor, group.parent):
        row = put_in_group(workgroup=group, person=visitor.person)
        visitor.forget()
        return row
    row = _ask(group, visitor)
    waiting = rules.row_in(visitor, group.parent)
    if not (waiting and waiting.is_requested):
        request_to_join(workgroup=group.parent, visitor=visitor, message=message)
    return row


@transaction.atomic
def admit_to_group(*, row: GroupMembership, visitor: Visitor) -> GroupMembership:
    """Speaker, deputy or manager admits. Sub-groups asked for in the same step open too.

    Returns at once when somebody else was faster. Raises ``GroupRefusal``.
    """
    row = _decidable(row, visitor)
    if row.is_active:
        return row
    if not Membership.objects.filter(person=row.person, state=MembershipState.ACTIVE).exists():
        raise GroupRefusal(
            _("%(name)s ist noch nicht in das Netzwerk aufgenommen. Darüber entscheidet die Netzwerkleitung.")
            % {"name": row.person.display_name}
        )
    row.decided_by = visitor.person
    visitor.forget()  # it may be themselves
    return activate(row)


def activate(row: GroupMembership) -> GroupMembership:
    """Make a request a membership, with the sub-groups that wait for it, and tell the person."""
    row.begin()
    row.save()
    waiting = GroupMembership.objects.filter(
        workgroup__parent=row.workgroup, person=row.person, state=GroupMembershipState.REQUESTED
    ).select_related("workgroup__parent")
    for each in waiting:
        if rules.is_writable(each.workgroup):
            put_in_group(workgroup=each.workgroup, person=row.person)
    tell_admitted(row)
    audit.record(action="group.admitted", actor=row.decided_by, subject=row.person, group=row.workgroup.title)
    return row


@transaction.atomic
def refuse_to_group(*, row: GroupMembership, reason: str, visitor: Visitor) -> GroupMembership:
    """Refuse with a reason, which the person reads. Raises ``GroupRefusal``."""
    row = _decidable(row, visitor)
    if row.is_active:
        raise GroupRefusal(_("%(name)s ist schon aufgenommen.") % {"name": row.person.display_name})
    if not reason.strip():
        raise GroupRefusal(_("Bitte nennen Sie den Grund; er steht in der E-Mail."), field="reason")
    row.state, row.reason, row.decided_by = GroupMembershipState.REFUSED, reason.strip(), visitor.person
    row.save()
    GroupMembership.objects.filter(
        workgroup__parent=row.workgroup, person=row.person, state=GroupMembershipState.REQUESTED
    ).update(state=GroupMembershipState.LEFT)
    rights_changed_on_commit(row.person_id)
    tell_refused(row)
    audit.record(
        action="group.refused", actor=visitor.person, subject=row.person, reason=row.reason, group=row.workgroup.title
    )
    return row


def _decidable(row: GroupMembership, visitor: Visitor) -> GroupMembership:
    """The row as it is now, locked. Raises ``GroupRefusal`` without the right, or when there is nothing to decide."""
    workgroup = lock(row.workgroup, visitor)
    insist(rules.may_admit(visitor, workgroup))
    fresh = locking.lock(row, "person")
    fresh.workgroup = workgroup
    if not (fresh.is_requested or fresh.is_active):
        raise GroupRefusal(_("Diese Anfrage ist nicht mehr offen."))
    return fresh


@transaction.atomic
def withdraw_request(*, workgroup: Workgroup, visitor: Visitor) -> None:
    """Take back one's own request, with those for sub-groups that hang on it. Nothing happens without one."""
    GroupMembership.objects.filter(
        Q(workgroup=workgroup) | Q(workgroup__parent=workgroup),
        person=visitor.person,
        state=GroupMembershipState.REQUESTED,
    ).update(state=GroupMembershipState.LEFT)
    visitor.forget()
