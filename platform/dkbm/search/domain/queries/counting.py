"""Narrowing entries by facets, and counting what each value would leave; all of it in one query.

Several values of one facet widen the choice, several facets narrow it. The numbers of a facet ignore what is chosen of
that facet itself: they say how many results a further value would bring.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Case, CharField, Count, F, Func, JSONField, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, JSONObject

from dkbm.core.text import sort_key
from dkbm.search.facets import Facet
from dkbm.search.models import SearchEntry

Chosen = Mapping[Facet, Sequence[str]]
TYPE = "type"
"""The entry's type is counted like a facet."""
_SEVERAL = "*"


@dataclass(frozen=True)
class Counted:
    """A value and the number of entries that it would leave."""

    key: str
    label: str
    number: int


class Counts:
    """What :func:`count_values` found: ``types`` (type -> number), values of each facet, ``total`` of all entries."""

    def __init__(self, rows: Iterable[tuple[dict[str, Any], str, int]]) -> None:
        self._numbers: dict[str, dict[str, int]] = defaultdict(dict)
        self._said: dict[tuple[str, str], tuple[int, str]] = {}
        self.total = 0
        self.types: dict[str, int] = {}
        for value, missed, number in sorted(rows, key=lambda row: str(row[0]["label"])):
            facet, key = value["facet"], value["key"]
            numbers = self._numbers[facet]
            numbers[key] = numbers.get(key, 0) + (number if missed in ("", facet) else 0)
            self._said.setdefault((facet, key), (value["order"], value["label"]))
            self.total += number if facet == TYPE else 0
        self.types = {key: number for key, number in self._numbers[TYPE].items() if number}

    def of(self, facet: Facet) -> list[Counted]:
        """All values that occur, those without a number left included."""
        values = [(*self._said[facet.key, key], key) for key in self._numbers.get(facet.key, {})]
        ordered = sorted(values, key=lambda value: (value[0], sort_key(value[1]), value[2]))
        return [Counted(key, label, self._numbers[facet.key][key]) for _order, label, key in ordered]

    def known(self, chosen: Chosen) -> dict[Facet, list[str]]:
        """What of the choice occurs at all."""
        return each_once(
            {facet: [key for key in keys if key in self._numbers.get(facet.key, {})] for facet, keys in chosen.items()}
        )


def each_once(chosen: Chosen) -> dict[Facet, list[str]]:
    """The choice without repetitions, and without facets of which nothing is chosen."""
    return {facet: list(dict.fromkeys(keys)) for facet, keys in chosen.items() if keys}


def conditions(chosen: Chosen) -> dict[str, Q]:
    """The choice as conditions: key of the facet -> one of its chosen values."""
    return {
        facet.key: reduce(or_, (Q(facets__contains=[{"facet": facet.key, "key": key}]) for key in keys))
        for facet, keys in each_once(chosen).items()
    }


def meeting(entries: QuerySet[SearchEntry], conditions: Mapping[str, Q]) -> QuerySet[SearchEntry]:
    """Entries that meet all of the conditions."""
    return entries.filter(*conditions.values())


def count_values(entries: QuerySet[SearchEntry], conditions: Mapping[str, Q]) -> Counts:
    """Count the entries by type and by every value of every facet.

    ``conditions``: name -> condition, where the name is a facet's key, ``type``, or anything else that narrows (a
    search word). An entry counts for a facet when it meets all conditions but perhaps that facet's own.
    """
    of_type = JSONObject(facet=Value(TYPE), key=F("type"), label=Value(""), order=Value(0))
    values = Func(Coalesce("facets", Value([], JSONField())), of_type, template="%(expressions)s", arg_joiner=" || ")
    unfolded = Func(values, function="jsonb_array_elements", output_field=JSONField(), set_returning=True)
    rows = entries.order_by().annotate(value=unfolded, missed=_missed(conditions))
    return Counts(rows.values("value", "missed").annotate(number=Count("*")).values_list("value", "missed", "number"))


def _missed(conditions: Mapping[str, Q]) -> Any:
    """Name of the only condition that the entry does not meet; empty when it meets all."""
    if not conditions:
        return Value("")
    cases = [When(reduce(and_, conditions.values()), then=Value(""))]
    for name in conditions:
        others = [condition for other, condition in conditions.items() if other != name]
        if others:
            cases.append(When(reduce(and_, others), then=Value(name)))
    default = _SEVERAL if len(conditions) > 1 else next(iter(conditions))
    return Case(*cases, default=Value(default), output_field=CharField())
