"""The catalogue's list: filters that combine, and how many examples each choice would leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast

from dkbm.search.domain.queries.counting import Counted
from dkbm.search.domain.queries.entries import browse
from dkbm.tenancy.visitor import Visitor
from goodpractice.domain.queries.items import visible_items
from goodpractice.enums import ENTRY_TYPE
from goodpractice.facets import FILTERS
from goodpractice.models import Transfergegenstand


@dataclass(frozen=True)
class Catalogue:
    """``items`` as chosen and in order, ``choices`` of each filter with the number each leaves, ``total``
    without filters.

    ``chosen``: name of the filter -> key, as far as there is such a value.
    """

    items: QuerySet[Transfergegenstand]
    choices: dict[str, list[Counted]]
    total: int
    chosen: dict[str, str]


def catalogue(*, visitor: Visitor, chosen: Mapping[str, str], q: str = "", by_date: bool = False) -> Catalogue:
    """``chosen``: name of the filter -> key; values that no example has count as not chosen.

    What there is to choose, and what it leaves, says the search index; which examples one may see, their own rows.
    """
    keys = {FILTERS[name]: [key] for name, key in chosen.items()}
    found = browse(type=ENTRY_TYPE, q=q, chosen=keys, visitor=visitor)
    items = visible_items(visitor).annotate(entry_key=Cast("pk", CharField())).filter(entry_key__in=found.keys)
    order = [F("checked_on").desc(nulls_last=True), "sort_title", "pk"] if by_date else ["sort_title", "pk"]
    choices = {name: found.facets.of(facet) for name, facet in FILTERS.items()}
    known = {name: key for name, key in chosen.items() if FILTERS[name] in found.chosen}
    return Catalogue(items.order_by(*order), choices, found.total, known)
