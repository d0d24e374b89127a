"""The catalogue's list: filters that combine, and how many examples each choice would leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F, QuerySet

from dkbm.core.text import sort_key
from dkbm.search.domain.queries.entries import matching_keys
from dkbm.tenancy.visitor import Visitor
from goodpractice.domain.queries.items import visible_items, with_rows
from goodpractice.enums import Kind
from goodpractice.models import Transfergegenstand

FACETS = ("eckpunkt", "art", "thema", "phase", "programm", "kommune")


@dataclass
class Value:
    """One choice of a facet: ``ids`` are the examples that have it."""

    label: str
    order: tuple[int, str] = (0, "")
    ids: set[int] = field(default_factory=set)


Facets = dict[str, dict[str, Value]]


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    number: int


@dataclass(frozen=True)
class Catalogue:
    """``items`` as chosen, ``choices`` a facet (with the number that it would leave), ``total`` without filters."""

    items: QuerySet[Transfergegenstand]
    choices: dict[str, list[Choice]]
    total: int


def catalogue(*, visitor: Visitor, chosen: Mapping[str, str], q: str = "", by_date: bool = False) -> Catalogue:
    """``chosen``: facet -> value; values that no example has count as not chosen."""
    facets, everything = _read(visitor)
    sets = {name: facets[name][value].ids for name, value in chosen.items() if value in facets.get(name, {})}
    keys = matching_keys(q=q, type="transfergegenstand") if q else None
    if keys is not None:
        sets["q"] = {int(key) for key in keys}
    ids = _together(everything, sets.values())
    items = with_rows(visible_items(visitor).filter(pk__in=ids))
    order = [F("checked_on").desc(nulls_last=True), "sort_title", "pk"] if by_date else ["sort_title", "pk"]
    return Catalogue(items.order_by(*order), _choices(facets, everything, sets), len(everything))


def _read(visitor: Visitor) -> tuple[Facets, set[int]]:
    """Every facet of the examples that the reader may see, in seven queries whatever their number."""
    visible = visible_items(visitor)
    facets: Facets = {name: {} for name in FACETS}
    rows = list(visible.values_list("pk", "kind", "municipality__slug", "municipality__name"))
    for pk, kind, slug, name in rows:
        _add(facets["art"], pk, kind, str(Kind(kind).label), Kind.values.index(kind))
        _add(facets["kommune"], pk, slug, name)
    for pk, slug, name in _pairs(visible, "further_municipalities", "name"):
        _add(facets["kommune"], pk, slug, name)
    for pk, slug, name in _pairs(visible, "topics", "name"):
        _add(facets["thema"], pk, slug, name)
    for facet, path, position in (
        ("eckpunkt", "eckpunkte", "number"),
        ("phase", "phases", "position"),
        ("programm", "programmes", "position"),
    ):
        for pk, slug, title, place in _pairs(visible, path, "title", position):
            _add(facets[facet], pk, slug, f"{place} {title}" if facet == "eckpunkt" else title, place)
    return facets, {row[0] for row in rows}


def _pairs(visible: QuerySet[Transfergegenstand], path: str, *names: str) -> Iterable[tuple[Any, ...]]:
    columns = [f"{path}__{name}" for name in ("slug", *names)]
    return visible.filter(**{f"{path}__isnull": False}).order_by().values_list("pk", *columns)


def _add(values: dict[str, Value], pk: int, slug: str | None, label: str, place: int = 0) -> None:
    if slug:
        values.setdefault(slug, Value(label, (place, sort_key(label)))).ids.add(pk)


def _together(everything: set[int], sets: Iterable[set[int]]) -> set[int]:
    return everything.intersection(*sets)


def _choices(facets: Facets, everything: set[int], sets: dict[str, set[int]]) -> dict[str, list[Choice]]:
    """Numbers count all other filters, but not the facet's own."""
    choices = {}
    for name, values in facets.items():
        others = _together(everything, (ids for other, ids in sets.items() if other != name))
        ordered = sorted(values.items(), key=lambda pair: pair[1].order)
        choices[name] = [Choice(slug, value.label, len(value.ids & others)) for slug, value in ordered]
    return choices
