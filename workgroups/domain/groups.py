"""What every story of a group begins with: its row, locked, and people in it. No group is ever deleted."""

from __future__ import annotations

from django.db import transaction

from dkbm.accounts.models import Person
from dkbm.tenancy.locking import lock_for
from dkbm.tenancy.visitor import Visitor
from workgroups.domain.concept import sync_concept_group
from workgroups.enums import Office
from workgroups.models import GroupMembership, Workgroup


@transaction.atomic
def put_in_group(*, workgroup: Workgroup, person: Person, office: str | None = None) -> GroupMembership:
    """Make somebody an active member without asking anybody: founders, importers, admission to the network.

    ``office`` is taken from whoever holds it; ``None`` leaves the person's office as it is. Idempotent.
    """
    # Two at once: the second one waits for the first one's row.
    row, _created = GroupMembership.objects.select_for_update().get_or_create(workgroup=workgroup, person=person)
    row.begin()
    if office is not None:
        GroupMembership.objects.filter(workgroup=workgroup, office=office).exclude(person=person).exclude(
            office=""
        ).update(office=Office.NONE)
        row.office = office
    row.save()
    if office is not None and workgroup.is_workgroup:
        sync_concept_group()
    return row


def lock(group: Workgroup, visitor: Visitor) -> Workgroup:
    """The row as it is now, locked until the transaction ends, with its AG; see ``lock_for``."""
    return lock_for(visitor, group, "parent")
