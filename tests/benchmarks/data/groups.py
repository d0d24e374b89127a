"""AGs and sub-groups with their members and spaces."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime

from dkbm.accounts.models import Person
from forum.domain.spaces import space_of
from forum.models import Space
from tests.benchmarks.data.words import Texts
from workgroups.domain.groups import put_in_group
from workgroups.domain.imports import import_subgroup, import_workgroup
from workgroups.enums import GroupMembershipState, Office
from workgroups.models import GroupMembership, Workgroup

Room = tuple[Space, Sequence[Person]]
"""A space and who writes in it."""


def add_groups(
    workgroups: int, subgroups: int, *, size: int, people: Sequence[Person], since: datetime, texts: Texts
) -> list[Room]:
    """Groups of ``size`` members each; sub-groups belong to the first AGs and take half of their members."""
    source = random.Random(3)
    rooms: list[Room] = []
    for number in range(1, workgroups + 1):
        group = import_workgroup(
            slug=f"ag-{number}", number=number, name=texts.title(3), founded=2017, aims=[texts.sentence()]
        )
        rooms.append(_room(group, source.sample(people, size), since))
    for number, (space, members) in enumerate(rooms[:subgroups], start=1):
        assert space.workgroup
        group = import_subgroup(
            workgroup=space.workgroup, slug=f"uag-{number}", title=texts.title(3), question=texts.sentence()
        )
        rooms.append(_room(group, members[: size // 2], since))
    return rooms


def _room(group: Workgroup, members: Sequence[Person], since: datetime) -> Room:
    join(group, members, since)
    put_in_group(workgroup=group, person=members[0], office=Office.LEAD if group.is_subgroup else Office.SPEAKER)
    return space_of(group), members


def join(group: Workgroup, people: Sequence[Person], since: datetime) -> None:
    """Active members since then; who is one already stays it."""
    GroupMembership.objects.bulk_create(
        [
            GroupMembership(workgroup=group, person=person, state=GroupMembershipState.ACTIVE, since=since)
            for person in people
        ],
        ignore_conflicts=True,
    )


def known_rooms() -> list[Room]:
    """Spaces of all groups, in the order in which they were founded."""
    spaces = Space.objects.filter(workgroup__isnull=False).order_by("pk")
    active = GroupMembership.objects.filter(state=GroupMembershipState.ACTIVE).select_related("person").order_by("pk")
    members: dict[int, list[Person]] = {}
    for row in active:
        members.setdefault(row.workgroup_id, []).append(row.person)
    return [(space, members[space.workgroup_id]) for space in spaces if space.workgroup_id]
