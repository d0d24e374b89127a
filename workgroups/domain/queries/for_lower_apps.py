"""What apps below ask about groups; see ``dkbm.tenancy.groups``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from dkbm.accounts.models import with_mailbox
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.groups import GroupName, GroupScope, GroupSource
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor
from workgroups import rules
from workgroups.domain.queries.groups import readable_group_ids
from workgroups.enums import GroupKind, GroupMembershipState
from workgroups.facets import workgroup_values
from workgroups.models import GroupMembership, Workgroup

ORGANISED = "workgroups.organised"


def organised(visitor: Visitor) -> list[GroupName]:
    """Groups of ``rules.may_organise``; asked once a request, and not at all for people without office and role."""
    return visitor.remembered(ORGANISED, lambda: _organised(visitor))


def _organised(visitor: Visitor) -> list[GroupName]:
    groups = Workgroup.objects.open().select_related("parent").order_by("kind", "number", "sort_name")
    if not (visitor.is_manager or visitor.is_editor):
        offices = [pk for pk, row in rules.rows_of(visitor).items() if row.is_active and row.office]
        if not offices:
            return []
        groups = groups.filter(pk__in=offices)
    return [_name(group) for group in groups if rules.may_organise(visitor, group)]


def in_charge(visitor: Visitor) -> set[int]:
    """Groups of ``rules.in_charge``, closed and archived ones too."""
    if visitor.is_manager:
        return readable_group_ids(visitor)
    return {pk for pk, row in rules.rows_of(visitor).items() if row.is_active and row.office and visitor.is_member}


def named(visitor: Visitor, ids: Collection[int]) -> dict[int, GroupName]:
    """AGs and the concept group are known to everybody, sub-groups to the members of their AG."""
    groups = Workgroup.objects.filter(pk__in=ids).select_related("parent")
    if not visitor.is_manager:
        mine = readable_group_ids(visitor)
        groups = groups.filter(~Q(kind=GroupKind.SUBGROUP) | Q(pk__in=mine) | Q(parent__in=mine))
    return {group.pk: _name(group) for group in groups}


def name_of(group_id: int) -> GroupName | None:
    group = Workgroup.objects.filter(pk=group_id).select_related("parent").first()
    return None if group is None else _name(group)


def scope_of(group_id: int) -> GroupScope | None:
    group = Workgroup.objects.filter(pk=group_id).select_related("parent").first()
    values = [GroupScope(value.key, str(value.label), value.order) for value in workgroup_values(group)]
    return values[0] if values else None


def _name(group: Workgroup) -> GroupName:
    return GroupName(group.pk, group.title, group.get_absolute_url(), group.short_name)


def readers(group_id: int, people: Collection[UUID]) -> set[UUID]:
    """``rules.may_read`` for many: active members of the group, and managers; all of them members of the network."""
    members = Membership.objects.filter(state=MembershipState.ACTIVE, person_id__in=people)
    inside = GroupMembership.objects.filter(workgroup_id=group_id, state=GroupMembershipState.ACTIVE)
    allowed = Q(roles__contains=[Role.MANAGER]) | Q(person_id__in=inside.order_by().values("person_id"))
    return set(members.filter(allowed).values_list("person_id", flat=True))


def members(group_id: int) -> set[UUID]:
    """Active rows alone: managers' seats in the concept group are none."""
    inside = GroupMembership.objects.filter(
        with_mailbox("person"), workgroup_id=group_id, state=GroupMembershipState.ACTIVE
    )
    people = Membership.objects.filter(state=MembershipState.ACTIVE)
    people = people.filter(person_id__in=inside.order_by().values("person_id"))
    return set(people.values_list("person_id", flat=True))


def joined(person_id: UUID) -> list[GroupName]:
    mine = GroupMembership.objects.filter(person_id=person_id, state=GroupMembershipState.ACTIVE)
    groups = Workgroup.objects.filter(pk__in=mine.order_by().values("workgroup")).select_related("parent")
    return [_name(group) for group in groups.order_by("kind", "number", "sort_name")]


def is_open(group_id: int) -> bool:
    group = Workgroup.objects.select_related("parent").filter(pk=group_id).first()
    return group is not None and bool(rules.is_writable(group))


def id_of(slug: str) -> int | None:
    found: int | None = Workgroup.objects.filter(slug=slug).values_list("pk", flat=True).first()
    return found


def member_since(group_id: int, person_id: UUID) -> datetime | None:
    rows = GroupMembership.objects.filter(
        workgroup_id=group_id, person_id=person_id, state=GroupMembershipState.ACTIVE, since__isnull=False
    )
    since: datetime | None = rows.values_list("since", flat=True).first()
    return since


SOURCE = GroupSource(
    readable=readable_group_ids,
    organised=organised,
    in_charge=in_charge,
    named=named,
    name_of=name_of,
    readers=readers,
    members=members,
    joined=joined,
    is_open=is_open,
    id_of=id_of,
    member_since=member_since,
    scope_of=scope_of,
)
