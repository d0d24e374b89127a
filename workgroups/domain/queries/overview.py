"""What the list of groups and the pages of one group show, each in a fixed number of queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dkbm.accounts.domain.queries.functions import function_labels
from dkbm.accounts.domain.queries.people import PersonCard, profiles_for
from dkbm.tenancy.kept_for_members import KeptForMembers
from dkbm.tenancy.kept_queries import Given
from dkbm.tenancy.visitor import Visitor
from workgroups.domain.queries.groups import readable_group_ids
from workgroups.enums import AG_OFFICES, GroupKind, GroupMembershipState, GroupState, Office
from workgroups.models import GroupMembership, Workgroup
from workgroups.rules import rows_of

FRONT = "workgroups.front"
MINE = "workgroups.mine"
OFFICE_ORDER: dict[str, int] = {Office.SPEAKER: 0, Office.DEPUTY: 1, Office.LEAD: 0}


@dataclass(frozen=True)
class Member:
    """A line of a members list. ``note``: office or seat in words, empty without. ``row_id``: of the membership."""

    card: PersonCard
    office: str
    note: str
    since: datetime | None
    row_id: int


@dataclass(frozen=True)
class GroupList:
    """``mine``: AGs and the concept group of the person; ``others``: what else is open; ``archived``: the old ones."""

    mine: list[Workgroup] = field(default_factory=list)
    others: list[Workgroup] = field(default_factory=list)
    archived: list[Workgroup] = field(default_factory=list)

    @property
    def has_concept_group(self) -> bool:
        return any(group.is_concept_group for group in (*self.mine, *self.others, *self.archived))


@dataclass(frozen=True)
class MyGroup:
    """A line of "Meine Gruppen". ``requests``: how many wait for this person's decision."""

    group: Workgroup
    office: str
    requests: int
    waiting: bool = False


@dataclass(frozen=True)
class FrontGroup:
    """An AG on the front page. ``functions``: whom it is for, in the network's words."""

    group: Workgroup
    functions: list[str]


def with_counts(groups: QuerySet[Workgroup]) -> QuerySet[Workgroup]:
    """``member_count`` (of :func:`members_list`) and ``subgroup_count`` (open ones) of each group."""
    active = Q(memberships__state=GroupMembershipState.ACTIVE, memberships__person__stands_for_function=False)
    still_open = Q(subgroups__state=GroupState.OPEN)
    return groups.annotate(
        member_count=Count("memberships", filter=active, distinct=True),
        subgroup_count=Count("subgroups", filter=still_open, distinct=True),
    )


def group_list(visitor: Visitor) -> GroupList:
    """AGs by number, then the concept group; counted, and split for this visitor (guests: all are others).

    The concept group is a manager's own: by role, without a row.
    """
    rows_of_list = with_counts(Workgroup.objects.exclude(kind=GroupKind.SUBGROUP)).select_related("page__picture")
    groups = list(rows_of_list.defer("page__aims").order_by(F("number").asc(nulls_last=True)))
    rows = rows_of(visitor)
    found = GroupList()
    for group in groups:
        row = rows.get(group.pk)
        if group.state == GroupState.ARCHIVED:
            found.archived.append(group)
        elif (row and row.is_active) or (visitor.is_manager and group.is_concept_group):
            found.mine.append(group)
        else:
            found.others.append(group)
    return found


def has_groups() -> bool:
    """Whether the bound network has any group yet."""
    return bool(Workgroup.objects.exists())


def front_groups(visitor: Visitor) -> list[FrontGroup]:
    """Open AGs by number; two queries a request."""
    return visitor.remembered(FRONT, _front_groups)


def _front_groups() -> list[FrontGroup]:
    groups = list(Workgroup.objects.open().workgroups())
    labels = function_labels() if groups else {}
    return [FrontGroup(group, [labels.get(key, key) for key in group.member_functions]) for group in groups]


def contacts_of(group: Workgroup) -> list[Member]:
    """Speaker and deputy, or the lead."""
    rows = group.memberships.filter(state=GroupMembershipState.ACTIVE).exclude(office=Office.NONE)
    return _as_members(list(rows))


def members_list(group: Workgroup) -> list[Member]:
    """Active members: offices first, then by name. The concept group's seats say which AG they come from.

    Accounts that stand for a function are nobody who could be a member; an office of theirs is among the contacts.
    """
    people = group.memberships.filter(state=GroupMembershipState.ACTIVE, person__stands_for_function=False)
    rows = list(people.select_related("seat_of").order_by("since", "pk"))
    seats = _offices_elsewhere([row.person_id for row in rows]) if group.is_concept_group else {}
    return _as_members(rows, seats)


def _offices_elsewhere(person_ids: list[UUID]) -> dict[UUID, str]:
    """ "Sprecher/-in AG 1" for those who sit in the concept group by office."""
    rows = GroupMembership.objects.filter(
        person_id__in=person_ids, office__in=AG_OFFICES, state=GroupMembershipState.ACTIVE
    ).select_related("workgroup")
    return {row.person_id: f"{row.get_office_display()} {row.workgroup.short_name}" for row in rows}


def _as_members(rows: list[GroupMembership], seats: dict[UUID, str] | None = None) -> list[Member]:
    cards = profiles_for(row.person_id for row in rows)
    found = [
        Member(cards[row.person_id], row.office, _note(row, seats or {}), row.since, row.pk)
        for row in rows
        if row.person_id in cards
    ]
    return sorted(found, key=lambda member: (OFFICE_ORDER.get(member.office, 9), member.card.name.casefold()))


def _note(row: GroupMembership, seats: dict[UUID, str]) -> str:
    if row.office:
        return str(row.get_office_display())
    if row.seat_of is not None:
        return f"für {row.seat_of.short_name}"
    return seats.get(row.person_id, "")


def subgroups_of(group: Workgroup) -> list[Workgroup]:
    """Sub-groups with ``member_count``: open ones first, the newest of each on top."""
    rows = with_counts(group.subgroups.all()).order_by(F("state").desc(), F("founded").desc(nulls_last=True), "pk")
    return list(rows)


def open_requests(group: Workgroup) -> list[tuple[GroupMembership, PersonCard]]:
    """Requests that can be decided, oldest first; people whom the network has not admitted yet are left out."""
    rows = list(
        group.memberships.filter(state=GroupMembershipState.REQUESTED, person__memberships__state="active").order_by(
            "requested", "pk"
        )
    )
    cards = profiles_for(row.person_id for row in rows)
    return [(row, cards[row.person_id]) for row in rows if row.person_id in cards]


def groups_seen_of(person: Any, visitor: Visitor) -> list[MyGroup]:
    """A member's groups that the visitor may know of, AGs first by number; one query besides the visitor's own groups.

    Who belongs to a group see those who may read it; who holds an office there, all who see its page.
    """
    mine = readable_group_ids(visitor)
    seats = GroupMembership.objects.filter(person_id=person.pk, state=GroupMembershipState.ACTIVE)
    page = ~Q(workgroup__kind=GroupKind.SUBGROUP) | Q(workgroup__parent__in=mine)
    seen = seats.filter(Q(workgroup__in=mine) | page & ~Q(office=Office.NONE)).select_related("workgroup__parent")
    rows = seen.order_by("workgroup__kind", "workgroup__number", "workgroup__sort_name")
    return [MyGroup(row.workgroup, str(row.get_office_display()) if row.office else "", 0) for row in rows]


def my_groups(visitor: Visitor) -> list[MyGroup]:
    """Groups that the visitor is in or has asked for, open ones; requests are counted for those who decide on them.

    Managers see the concept group, and AGs with waiting requests whether they are in them or not. Two queries, once.
    """
    return visitor.remembered(MINE, lambda: _my_groups(visitor))


def first_group(visitor: Visitor) -> Workgroup | None:
    """The first one of :func:`my_groups` that the visitor belongs to: what pages call theirs."""
    mine = {pk for pk, row in rows_of(visitor).items() if row.is_active}
    return next((line.group for line in my_groups(visitor) if line.group.pk in mine), None)


def _of_visitor(visitor: Visitor) -> QuerySet[Workgroup]:
    """Requests are counted group by group: all at once the database would read the members of all groups."""
    requests = GroupMembership.objects.filter(
        workgroup=OuterRef("pk"), state=GroupMembershipState.REQUESTED, person__memberships__state="active"
    )
    number = requests.order_by().values("workgroup").annotate(number=Count("pk", distinct=True)).values("number")
    groups = Workgroup.objects.open().annotate(request_count=Coalesce(Subquery(number), 0))
    chosen = Q(pk__any=Given("mine"))
    if visitor.is_manager:
        chosen |= Q(kind=GroupKind.CONCEPT) | Q(kind=GroupKind.WORKGROUP, request_count__gt=0)
    found: QuerySet[Workgroup] = groups.filter(chosen).select_related("parent")
    return found.order_by(F("number").asc(nulls_last=True), "sort_name")


_MINE = KeptForMembers(_of_visitor)


def _my_groups(visitor: Visitor) -> list[MyGroup]:
    manages = visitor.is_manager
    mine = {pk: row for pk, row in rows_of(visitor).items() if row.is_active or row.is_requested}
    lines = []
    for group in _MINE.all(visitor, mine=list(mine)):
        row = mine.get(group.pk)
        decides = group.is_workgroup and (manages or bool(row and row.office in AG_OFFICES))
        requests = int(group.request_count) if decides else 0  # type: ignore[attr-defined]
        if row is None and not requests and not (manages and group.is_concept_group):
            continue
        office = str(row.get_office_display()) if row and row.office else ""
        lines.append(MyGroup(group, office, requests, waiting=bool(row and row.is_requested)))
    return lines


def is_overdue(group: Workgroup, today: date) -> bool:
    return bool(group.is_open and group.until and group.until < today)
