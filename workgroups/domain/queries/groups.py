"""Which groups a person is in, and which they may read."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from dkbm.accounts.models import Person, with_mailbox
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor
from workgroups.enums import GroupMembershipState
from workgroups.models import GroupMembership, Workgroup
from workgroups.rules import rows_of

EVERY_GROUP = "workgroups.every_group"


def groups_of(person: Any) -> QuerySet[Workgroup]:
    """Groups of every kind and state in which the person is an active member; AGs first, by number.

    Their AG comes along (``parent``). Managers' seats in the concept group hang on their role and are not
    in here: see :func:`readable_groups`.
    """
    found: QuerySet[Workgroup] = (
        Workgroup.objects.filter(memberships__person_id=person.pk, memberships__state=GroupMembershipState.ACTIVE)
        .select_related("parent")
        .order_by("kind", "number", "sort_name")
    )
    return found


def readable_groups(visitor: Visitor) -> QuerySet[Workgroup]:
    """Groups whose forum and members list the visitor may read; the queryset of ``rules.may_read``."""
    if not visitor.is_member:
        nothing: QuerySet[Workgroup] = Workgroup.objects.none()
        return nothing
    groups: QuerySet[Workgroup] = Workgroup.objects.select_related("parent")
    return groups if visitor.is_manager else groups.filter(pk__in=seats_of(visitor).values("workgroup"))


def seats_of(visitor: Visitor) -> QuerySet[GroupMembership]:
    """The groups that somebody who is no manager may read are those of these rows."""
    seats: QuerySet[GroupMembership] = GroupMembership.objects.filter(
        person_id=visitor.person_id, state=GroupMembershipState.ACTIVE
    )
    return seats.order_by()


def readable_group_ids(visitor: Visitor) -> set[int]:
    """Ids of :func:`readable_groups`, in at most one query a request (none for guests)."""
    if not visitor.is_manager:
        return {pk for pk, row in rows_of(visitor).items() if row.is_active} if visitor.is_member else set()
    return visitor.remembered(EVERY_GROUP, lambda: set(Workgroup.objects.order_by().values_list("pk", flat=True)))


def members_of(group: Workgroup) -> QuerySet[GroupMembership]:
    """Active members with their account, in the order in which they came.

    Managers' seats in the concept group are not rows.
    """
    return group.memberships.filter(state=GroupMembershipState.ACTIVE).select_related("person").order_by("since", "pk")


def people_of(group: Workgroup) -> tuple[set[UUID], set[UUID]]:
    """Ids of the group's active members, and of those of them who have an office in it; one query.

    To the concept group its managers belong as well, without a row.
    """
    rows = dict(members_of(group).order_by().values_list("person_id", "office"))
    return set(rows), {person_id for person_id, office in rows.items() if office}


def seats_in(group: Workgroup | None) -> QuerySet[Any, Any]:
    """Ids of the group's active members, for a condition; nobody's of no group."""
    seats: QuerySet[GroupMembership] = GroupMembership.objects.filter(
        workgroup=group, state=GroupMembershipState.ACTIVE
    )
    return (seats if group is not None else seats.none()).order_by().values("person_id")


def candidates(group: Workgroup | None = None) -> QuerySet[Person]:
    """Members of the bound network who may be taken into the group (any, for a new one), by last name."""
    people = Membership.objects.filter(state=MembershipState.ACTIVE).order_by().values("person_id")
    found: QuerySet[Person] = Person.objects.filter(with_mailbox(), pk__in=people)
    if group is not None:
        found = found.exclude(pk__in=members_of(group).order_by().values("person_id"))
    return found.order_by("last_name", "first_name", "pk")


def invitable(group: Workgroup) -> QuerySet[Person]:
    """Members of the sub-group's AG who are not in it, by last name."""
    inside, around = (members_of(each).order_by().values("person_id") for each in (group, group.ag))
    found: QuerySet[Person] = Person.objects.filter(with_mailbox(), pk__in=around).exclude(pk__in=inside)
    return found.order_by("last_name", "first_name", "pk")


def open_workgroups() -> QuerySet[Workgroup]:
    """The AGs that can be joined, by number."""
    found: QuerySet[Workgroup] = Workgroup.objects.workgroups().open()
    return found


def readers_of(group: Workgroup) -> QuerySet[Membership]:
    """Memberships in the network of all who may read the group's forum now; the other side of ``rules.may_read``."""
    seats = GroupMembership.objects.filter(workgroup=group, state=GroupMembershipState.ACTIVE).order_by()
    readers: QuerySet[Membership] = Membership.objects.filter(
        Q(roles__contains=[Role.MANAGER]) | Q(person__in=seats.values("person")), state=MembershipState.ACTIVE
    )
    return readers
