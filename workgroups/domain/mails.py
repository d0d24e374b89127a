"""Who is told what, by mail; rows in the outbox, written with the change."""

from __future__ import annotations

from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.accounts.models import Person
from dkbm.core.paths import network_path
from dkbm.notifications.domain.outbox import notify
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from workgroups.enums import AG_OFFICES, GroupMembershipState
from workgroups.models import GroupMembership, Workgroup


def deciders(workgroup: Workgroup) -> list[Person]:
    """Speaker and deputy, or the network's managers where an AG has neither."""
    in_office = workgroup.memberships.filter(
        office__in=AG_OFFICES,
        state=GroupMembershipState.ACTIVE,
        person__is_active=True,
        person__stands_for_function=False,
    ).select_related("person")
    people = [row.person for row in in_office]
    if people:
        return people
    managers = Membership.objects.filter(
        state=MembershipState.ACTIVE, roles__contains=[Role.MANAGER], person__is_active=True
    ).select_related("person")
    return [row.person for row in managers]


def requested(row: GroupMembership) -> None:
    card = profiles_for([row.person_id])[row.person_id]
    for recipient in deciders(row.workgroup):
        notify(
            kind="group-request",
            recipient=recipient,
            path=network_path("workgroups:requests", row.workgroup.ag.slug),
            cause=row,
            context={"group": row.workgroup.title, "name": card.name, "line": card.line, "message": row.message},
        )


def admitted(row: GroupMembership) -> None:
    _tell(row, "group-admitted")


def has_mailbox(person: Person) -> bool:
    """Not those who stand for a function, and nobody whose account is closed."""
    return person.is_active and not person.stands_for_function


def added(row: GroupMembership, *, by: Person) -> None:
    _tell(row, "group-added", by=by.display_name)


def removed(row: GroupMembership) -> None:
    if not has_mailbox(row.person):
        return
    _tell(row, "group-removed", reason=row.reason)


def refused(row: GroupMembership) -> None:
    _tell(row, "group-refused", reason=row.reason)


def office_given(row: GroupMembership) -> None:
    _tell(row, "group-office", office=str(row.get_office_display()))


def _tell(row: GroupMembership, kind: str, **context: str) -> None:
    """A mail to the member about the group."""
    notify(
        kind=kind,
        recipient=row.person,
        path=row.workgroup.get_absolute_url(),
        cause=row,
        context={"group": row.workgroup.title, **context},
    )


def subgroup_closed(group: Workgroup, *, by: Person) -> None:
    rows = group.memberships.filter(
        state=GroupMembershipState.ACTIVE, person__is_active=True, person__stands_for_function=False
    )
    for row in rows.exclude(person=by).select_related("person"):
        notify(
            kind="group-closed",
            recipient=row.person,
            path=group.get_absolute_url(),
            cause=group,
            context={"group": group.title, "result": group.result},
        )
