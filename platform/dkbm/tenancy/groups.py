"""What apps below the groups know of them: ids, names, and who is in them. The app that has groups registers it.

Rows of lower apps carry a group's id as a plain number, without a foreign key. Every answer is about the bound network
and takes a constant number of queries.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from .visitor import Visitor


@dataclass(frozen=True)
class GroupName:
    """A group as pages name it. ``url``: path of its page. ``short``: as ``AG 1``, where it has such a name."""

    id: int
    title: str
    url: str
    short: str = field(default="", compare=False)

    @property
    def label(self) -> str:
        return self.short or self.title


@dataclass(frozen=True)
class GroupScope:
    """The AG that a group is or belongs to: what is searched in. ``order``: place among the AGs."""

    slug: str
    title: str
    order: int


def _no_scope(group_id: int) -> GroupScope | None:
    return None


def _nobody(group_id: int, person_id: UUID) -> datetime | None:
    return None


@dataclass(frozen=True)
class GroupSource:
    """Where the answers of this module come from; each field answers the function of its name below."""

    readable: Callable[[Visitor], set[int]]
    organised: Callable[[Visitor], list[GroupName]]
    in_charge: Callable[[Visitor], set[int]]
    named: Callable[[Visitor, Collection[int]], dict[int, GroupName]]
    name_of: Callable[[int], GroupName | None]
    readers: Callable[[int, Collection[UUID]], set[UUID]]
    members: Callable[[int], set[UUID]]
    joined: Callable[[UUID], list[GroupName]]
    is_open: Callable[[int], bool]
    id_of: Callable[[str], int | None]
    member_since: Callable[[int, UUID], datetime | None] = _nobody
    scope_of: Callable[[int], GroupScope | None] = _no_scope


_sources: list[GroupSource] = []


def register_groups(source: GroupSource) -> None:
    """Raises ``ValueError`` for a second one: an id would mean two groups."""
    if _sources and _sources != [source]:
        raise ValueError("Groups are registered already.")
    _sources[:] = [source]


def readable_group_ids(visitor: Visitor) -> set[int]:
    """Groups whose things the visitor may read; none for guests."""
    return {pk for source in _sources for pk in source.readable(visitor)}


def organised_groups(visitor: Visitor) -> list[GroupName]:
    """Open groups whose meetings the visitor arranges, as a list shows them; an editor may not read all of them."""
    return [group for source in _sources for group in source.organised(visitor)]


def organises(visitor: Visitor, group_id: int | None) -> bool:
    """Whether the visitor may give this group a new meeting; ``None`` is nobody's group."""
    return group_id is not None and any(group.id == group_id for group in organised_groups(visitor))


def groups_in_charge(visitor: Visitor) -> set[int]:
    """Groups whose meetings are the visitor's to look after, closed and archived ones too."""
    return {pk for source in _sources for pk in source.in_charge(visitor)}


def is_in_charge(visitor: Visitor, group_id: int | None) -> bool:
    """Whether the meetings that this group has are the visitor's to look after, whatever became of the group."""
    return group_id is not None and group_id in groups_in_charge(visitor)


def group_names(visitor: Visitor, ids: Iterable[int | None]) -> dict[int, GroupName]:
    """Names of those of these groups that the visitor may know of; ``None`` among the ids is left out."""
    wanted = {pk for pk in ids if pk is not None}
    return {pk: name for source in _sources for pk, name in source.named(visitor, wanted).items()} if wanted else {}


def name_of_group(group_id: int | None) -> GroupName | None:
    """Whoever asks: for what is said to the group's own members."""
    return None if group_id is None else next((name for source in _sources if (name := source.name_of(group_id))), None)


def readers_among(group_id: int, people: Collection[UUID]) -> set[UUID]:
    """Those of these people who may read the group's things now."""
    return {person for source in _sources for person in source.readers(group_id, people)} if people else set()


def member_of_group_since(group_id: int, person_id: UUID) -> datetime | None:
    """``None`` for whoever does not belong to the group now."""
    return next((since for source in _sources if (since := source.member_since(group_id, person_id))), None)


def members_of_group(group_id: int) -> set[UUID]:
    """Members of the network who belong to the group and can be written to."""
    return {person for source in _sources for person in source.members(group_id)}


def groups_joined_by(person_id: UUID) -> list[GroupName]:
    """Groups to which the person belongs, AGs first, whatever became of the group."""
    return [group for source in _sources for group in source.joined(person_id)]


def is_open_group(group_id: int) -> bool:
    """There is such a group, and it is neither closed nor archived."""
    return any(source.is_open(group_id) for source in _sources)


def group_id_of(slug: str) -> int | None:
    """``None`` where the network has no group of that name."""
    return next((pk for source in _sources if (pk := source.id_of(slug)) is not None), None)


def scope_of_group(group_id: int | None) -> GroupScope | None:
    """``None`` for nobody's group; known to everybody, as each AG is."""
    return (
        None if group_id is None else next((each for source in _sources if (each := source.scope_of(group_id))), None)
    )
