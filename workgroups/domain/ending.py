"""A sub-group ends with its result, an AG is archived. Both can be read from then on, and nothing else."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.audit import log as audit
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain import mails, searching
from workgroups.domain.concept import sync_concept_group
from workgroups.domain.groups import lock
from workgroups.enums import GroupMembershipState, GroupState
from workgroups.errors import GroupRefusal, insist
from workgroups.models import Workgroup


@transaction.atomic
def close_subgroup(*, group: Workgroup, result: str, visitor: Visitor) -> Workgroup:
    """End a sub-group with its result; from now on it can only be read. Its members are told.

    Requests that wait for their AG lapse. Raises ``GroupRefusal``.
    """
    group = lock(group, visitor)
    insist(rules.may_close(visitor, group))
    if not result.strip():
        raise GroupRefusal(_("Bitte beschreiben Sie das Ergebnis."), field="result")
    group.state, group.closed, group.result = GroupState.CLOSED, timezone.localdate(), result.strip()
    group.save(update_fields=["state", "closed", "result"])
    group.memberships.filter(state=GroupMembershipState.REQUESTED).update(state=GroupMembershipState.LEFT)
    searching.index_group(group)
    mails.subgroup_closed(group, by=visitor.person)
    return group


@transaction.atomic
def archive_workgroup(*, group: Workgroup, visitor: Visitor, result: str = "") -> Workgroup:
    """Archive an AG: it and its sub-groups stay readable for their members, who are told. Open requests are refused
    with mail.

    ``result``: what came out of it, shown on its page; "" leaves that as it is. Its offices no longer give a
    seat in the concept group. Raises ``GroupRefusal``.
    """
    group = lock(group, visitor)
    insist(rules.may_archive(visitor, group))
    group.state, group.closed = GroupState.ARCHIVED, timezone.localdate()
    group.result = result.strip() or group.result
    group.save(update_fields=["state", "closed", "result"])
    reason = _("Die Arbeitsgruppe ist archiviert und nimmt niemanden mehr auf.")
    for row in group.memberships.filter(state=GroupMembershipState.REQUESTED).select_related("person"):
        row.state, row.reason, row.decided_by = GroupMembershipState.REFUSED, reason, visitor.person
        row.save()
        mails.refused(row)
    mails.archived(group, by=visitor.person)
    sync_concept_group()
    audit.record(action="group.archived", actor=visitor.person, group=group.title)
    searching.index_group(group)
    return group
