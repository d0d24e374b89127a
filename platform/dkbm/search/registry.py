"""Registry of what can be searched, filled by the apps above in ``ready()``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date as Date
from datetime import datetime
from uuid import UUID

from .enums import Visibility
from .facets import FacetValues, check_facets
from .types import type_of


@dataclass(frozen=True)
class Entry:
    """One thing that can be found, as plain values.

    ``key`` is unique within network and type and never changes (the row's id); ``url`` is a path on the
    network's host. ``body``: plain text, not HTML. ``group_id`` belongs to the visibility ``group`` alone.
    ``unshown``: words that it is found by besides, such as a date that is shown beside the text anyway.
    ``period``: what is said in place of ``date`` where it is no single day, as "September 2020".
    ``facets``: facet -> its values as (key, label); the labels are found like the text.
    ``continues``: a further section of a long thing. It shows and is narrowed by title and facets as the first is, but
    is found by its own text alone: else a word of the title would find every section.
    Raises ``ValueError`` for an unknown type or visibility, for a group's entry without group, and for facets that
    the type has not or values of the wrong shape.
    """

    type: str
    key: str
    slug: str
    title: str
    body: str
    url: str
    visibility: str
    group_id: int | None = None
    date: datetime | Date | None = None
    unshown: str = ""
    period: str = ""
    facets: FacetValues = field(default_factory=dict)
    continues: bool = False

    def __post_init__(self) -> None:
        type_of(self.type)
        if (Visibility(self.visibility) == Visibility.GROUP) != (self.group_id is not None):
            raise ValueError(f"{self.type} {self.key}: visibility 'group' and group_id go together.")
        check_facets(self.type, self.facets)


Iterate = Callable[[], Iterable[Entry]]

_searchables: dict[str, list[Iterate]] = {}


def register_searchable(type: str, iterate: Iterate) -> None:
    """``iterate()`` yields every entry of that type in the bound network; several apps may add to one type."""
    _searchables.setdefault(type_of(type).key, []).append(iterate)


def searchables() -> dict[str, list[Iterate]]:
    """Type -> what yields its entries."""
    return dict(_searchables)


Written = Callable[[UUID, Collection[str]], Iterable[str]]

_written: dict[str, Written] = {}


def register_written(type: str, written: Written) -> None:
    """``written(person_id, keys)``: those of these things of that type which the person has written in."""
    _written[type_of(type).key] = written


def written_by(person_id: UUID, things: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Of these things (type and key) those that the person has a part in."""
    keys: dict[str, set[str]] = defaultdict(set)
    for type, key in things:
        keys[type].add(key)
    asked = ((type, _written[type](person_id, some)) for type, some in keys.items() if type in _written)
    return {(type, str(key)) for type, found in asked for key in found}
