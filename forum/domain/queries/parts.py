"""What a reader has missed while their page was open or asleep."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dkbm.tenancy.visitor import Visitor
from forum.enums import MISSED_AT_ONCE
from forum.models import Topic
from forum.parts import Item, Part, registered_parts


@dataclass(frozen=True)
class ShownPart:
    """A part as ``template`` draws its ``row``."""

    template: str
    row: Any


@dataclass(frozen=True)
class Missed:
    """Of all kinds, the oldest change first. ``revision``: of a page that takes them in. ``is_cut``: more follow."""

    parts: list[ShownPart]
    revision: int
    is_cut: bool


def parts_since(topic: Topic, visitor: Visitor, *, revision: int) -> Missed:
    """What a reader whose page has this revision has to put in or replace. A query a kind, and what their rows take.

    Where there is more than ``MISSED_AT_ONCE``, the cut lies between two changes, never inside of one.
    """
    changed = [
        (item, part)
        for part in registered_parts()
        for item in part.changed_since(topic, revision, MISSED_AT_ONCE + 1)
        if item.revision <= topic.revision  # what came since the topic was read is for the next time
    ]
    changed.sort(key=lambda each: each[0].revision)
    is_cut = len(changed) > MISSED_AT_ONCE
    reached = changed[MISSED_AT_ONCE][0].revision - 1 if is_cut else topic.revision
    kept = [each for each in changed if each[0].revision <= reached]
    if is_cut and not kept:
        raise ValueError(f"Change {reached + 1} of topic {topic.pk} has more parts than fit into one answer.")
    return Missed(_shown(kept, topic, visitor), reached, is_cut)


def _shown(changed: list[tuple[Item, Part]], topic: Topic, visitor: Visitor) -> list[ShownPart]:
    rows: dict[tuple[str, int], Any] = {}
    for part in registered_parts():
        items = [item for item, own in changed if own is part]
        found = part.rows_of(topic, items, visitor)
        rows |= {(part.kind, item.key): row for item, row in zip(items, found, strict=True)}
    drawn = [ShownPart(part.template, rows[part.kind, item.key]) for item, part in changed]
    return [each for each in drawn if each.row is not None]
