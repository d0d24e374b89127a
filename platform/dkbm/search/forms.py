"""What the search page is asked, read leniently: a wrong filter must not hide the results."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .domain.queries import candidates
from .domain.queries.counting import Chosen, Counts
from .domain.queries.entries import Found
from .facets import MOST_KEYS, Facet, all_facets, is_shared
from .questions import MAX_LENGTH
from .text import clean, spelt_out
from .types import all_types, type_of

NEWEST = "datum"
MOST_BOXES = 10
"""So many values are boxes; a longer list shows those with most results, and the others in a list to choose from."""


@dataclass(frozen=True)
class Choice:
    """A link above the results; ``number`` as people read it, empty where nothing is counted."""

    label: str
    url: str
    current: bool
    number: str = ""


@dataclass(frozen=True)
class Box:
    """A value to tick."""

    id: str
    key: str
    label: str
    number: int
    ticked: bool


@dataclass(frozen=True)
class FacetBoxes:
    """A facet with what may be ticked; ``name`` is the one of its parameter. ``others``: one more may be chosen."""

    name: str
    label: str
    boxes: list[Box]
    others: list[Box]

    @property
    def ticked(self) -> int:
        return sum(box.ticked for box in self.boxes)


@dataclass(frozen=True)
class Scope:
    """One group that is searched in: its parameter and value. ``label``: empty where nothing of it is found, so that
    the results are those of everywhere. ``everywhere``: address without it.
    """

    name: str
    key: str
    label: str
    everywhere: str


@dataclass(frozen=True)
class Asked:
    q: str
    type: str
    newest_first: bool
    shortened: bool
    chosen: Chosen = field(default_factory=dict)

    def url(self, *, type: str, newest_first: bool, chosen: Chosen) -> str:
        query = QueryDict(mutable=True)
        query["q"] = self.q
        if type:
            query["art"] = type
        if newest_first:
            query["sortierung"] = NEWEST
        for facet, keys in chosen.items():
            query.setlist(facet.param, list(keys))
        return f"?{query.urlencode()}"

    def _meant(self, found: Found) -> Choice | None:
        """The search as it may have been meant; known once its results are read."""
        meant = found.corrected()
        words = re.split(r"(\w+)", self.q)
        q = "".join(meant.get(spelt_out(word), word) for word in words)
        return Choice(q, replace(self, q=q).url(type="", newest_first=False, chosen={}), False) if q != self.q else None

    def choices(self, found: Found) -> dict[str, Any]:
        """What the page offers beside its results.

        ``anything``: the words are found, whatever is chosen; ``is_partial``: some results hold some of them alone,
        ``is_whole``: others hold all; ``type_choices`` with numbers (the chosen one even when
        empty), ``order_choices``; ``facets`` to tick; ``chosen_choices``: links that take one value back;
        ``without_choices``: the link that takes back all; ``scope``: see :class:`Scope`; ``number``: how many are
        shown; ``most``: so many are looked at in each of the areas that ``crowded`` names; ``simple``: another engine
        had to stand in.
        """
        chosen, newest = found.chosen, self.newest_first
        types = [
            Choice(label, self.url(type=key, newest_first=newest, chosen=chosen), key == self.type, number)
            for key, label, number in self._types(found)
        ]
        orders = [
            Choice(label, self.url(type=self.type, newest_first=first, chosen=chosen), first == newest)
            for label, first in ((_("Passendes zuerst"), False), (_("Neues zuerst"), True))
        ]
        return {
            "anything": found.facets.total > 0,
            "meant": self._meant(found),
            "is_partial": found.is_partial,
            "is_whole": found.whole > 0,
            "type_choices": types,
            "order_choices": orders,
            "facets": list(self._facets(found.facets, chosen)),
            "chosen_choices": list(self._chosen(found.facets, chosen)),
            "scope": self._scope(found),
            "without_choices": self.url(type=self.type, newest_first=newest, chosen={}),
            "number": _readable(found.count(), more=self._shows_one_of(found.more)),
            "simple": found.simple,
            "most": _written(candidates.BOUND),
            "crowded": [str(type_of(key).label) for key in found.more if self._shows_one_of([key])],
        }

    def _scope(self, found: Found) -> Scope | None:
        """Of several values it is a choice like any other."""
        facet = next((facet for facet in self.chosen if facet.is_scope and len(self.chosen[facet]) == 1), None)
        if facet is None:
            return None
        key = self.chosen[facet][0]
        labels = {value.key: value.label for value in found.facets.of(facet)}
        rest = {other: keys for other, keys in found.chosen.items() if other is not facet}
        everywhere = self.url(type=self.type, newest_first=self.newest_first, chosen=rest)
        return Scope(facet.param, key, labels.get(key, ""), everywhere)

    def _types(self, found: Found) -> Iterator[tuple[str, str, str]]:
        yield "", _("Alles"), _readable(sum(found.counts.values()), more=bool(found.more))
        for kind in all_types():
            if kind.key in found.counts or kind.key == self.type:
                number = _readable(found.counts.get(kind.key, 0), more=kind.key in found.more)
                yield kind.key, str(kind.label), number

    def _shows_one_of(self, types: Collection[str]) -> bool:
        return self.type in types if self.type else bool(types)

    def _facets(self, counts: Counts, chosen: Chosen) -> Iterator[FacetBoxes]:
        """Beside results of all types those that several types have, beside results of one type all of its facets."""
        for facet in all_facets():
            ticked = set(chosen.get(facet, ()))
            boxes = [
                Box(f"{facet.param}-{number}", value.key, value.label, value.number, value.key in ticked)
                for number, value in enumerate(counts.of(facet))
                if value.number or value.key in ticked
            ]
            if ticked or (boxes and (self.type or is_shared(facet))):
                yield FacetBoxes(facet.param, str(facet.label), *_shared_out(boxes))

    def _chosen(self, counts: Counts, chosen: Chosen) -> Iterator[Choice]:
        for facet, keys in chosen.items():
            labels = {value.key: value.label for value in counts.of(facet)}
            for key in keys:
                rest = {**chosen, facet: [other for other in keys if other != key]}
                url = self.url(type=self.type, newest_first=self.newest_first, chosen=rest)
                yield Choice(f"{facet.label}: {labels[key]}", url, True)


def _shared_out(boxes: list[Box]) -> tuple[list[Box], list[Box]]:
    """What is ticked or leads to most results stands as boxes, the rest in a list; both in their old order."""
    if len(boxes) <= MOST_BOXES:
        return boxes, []
    first = sorted(boxes, key=lambda box: (not box.ticked, -box.number))[:MOST_BOXES]
    shown = [box for box in boxes if box in first or box.ticked]
    return shown, [box for box in boxes if box not in shown]


def _readable(number: int, *, more: bool) -> str:
    """``more``: not all of them are counted."""
    return (
        _("mehr als %(number)s") % {"number": _written(candidates.BOUND)}
        if more and number >= candidates.BOUND
        else str(number)
    )


def _written(number: int) -> str:
    return number_format(number, force_grouping=True)


def _type_choices() -> list[tuple[str, str]]:
    return [(kind.key, str(kind.label)) for kind in all_types()]


class SearchForm(forms.Form):
    q = forms.CharField(required=False, strip=True)
    art = forms.ChoiceField(choices=_type_choices, required=False)
    sortierung = forms.ChoiceField(choices=[(NEWEST, NEWEST)], required=False)

    def clean_q(self) -> str:
        return clean(self.cleaned_data["q"]).strip()

    def __init__(self, data: QueryDict) -> None:
        # PostgreSQL and Django refuse a NUL character; a search box must not.
        super().__init__({name: clean(str(value)) for name, value in data.items()})
        self.chosen = chosen_in({facet: data.getlist(facet.param) for facet in all_facets()})

    def asked(self) -> Asked:
        self.is_valid()
        values: dict[str, Any] = self.cleaned_data
        q = values.get("q", "")
        newest = values.get("sortierung") == NEWEST
        return Asked(q[:MAX_LENGTH], values.get("art", ""), newest, len(q) > MAX_LENGTH, self.chosen)


def chosen_in(given: Mapping[Facet, list[str]]) -> Chosen:
    """The choice as it stands in an address, without what PostgreSQL would refuse."""
    return {facet: [clean(key) for key in keys[:MOST_KEYS] if key] for facet, keys in given.items() if any(keys)}
