"""The bell of open pages: each person hears that there is something new for them, and nobody else does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from dkbm.live.broadcast import broadcast_on_commit
from dkbm.live.groups import group
from dkbm.tenancy.visitor import Visitor

BELL = "bell"
MOST_DIGITS = 10**15


def bell_number(person_id: UUID) -> int:
    """What pages call the person's channel by: channels have numbers. It names nobody."""
    return person_id.int % MOST_DIGITS


def may_hear(asked: Sequence[tuple[Visitor, int]]) -> list[bool]:
    """Each their own."""
    return [
        visitor.is_member and visitor.person_id is not None and bell_number(visitor.person_id) == number
        for visitor, number in asked
    ]


def ring_on_commit(people: Iterable[UUID]) -> None:
    """Let the pages that these people have open ask how much is new; what it is does not go along."""
    for person_id in people:
        broadcast_on_commit(group(BELL, bell_number(person_id)), {})
