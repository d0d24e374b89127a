"""What may be meant by the beginning of a search: titles of things that the reader may see, and labels of these.

Read of visible entries alone: a tag, a place or a word that stands in forbidden things only is never proposed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from dkbm.core.paths import network_path
from dkbm.search.engines import engine
from dkbm.search.facets import YEAR, all_facets
from dkbm.search.questions import MAX_LENGTH
from dkbm.search.text import clean, in_one_word, only_words, spelt_out
from dkbm.search.types import type_of
from dkbm.tenancy.visitor import Visitor

from .visible import visible_entries

SHORTEST = 2
"""Letters of what is proposed for."""
MOST = 8
MOST_WORDS = 6
MOST_LABELS = 3
MOST_OF_A_TYPE = 15


@dataclass(frozen=True)
class Suggestion:
    """``kind``: German, what it is. ``url``: the thing itself; of a label, what is found by it."""

    text: str
    kind: str
    url: str


def suggestions(*, q: str, visitor: Visitor) -> list[Suggestion]:
    """At most ``MOST``: names that begin so first, labels before titles."""
    typed = beginnings(q)
    if not typed or len("".join(typed)) < SHORTEST:
        return []
    ids = [scored.id for scored in engine().suggestions(" ".join(typed), visitor, MOST_OF_A_TYPE)]
    rows = visible_entries(visitor).filter(pk__in=ids, continues=False)
    found = list(rows.order_by("title", "pk").values_list("type", "title", "url", "facets"))
    labels = sorted(set(_labels(found, typed)), key=lambda each: _place(each, typed))[:MOST_LABELS]
    titles = sorted(set(_titles(found, typed)), key=lambda each: _place(each, typed))
    return [*labels, *titles][:MOST]


def beginnings(q: str) -> list[str]:
    """The words that were typed, as they are compared: lower case, umlauts spelt out."""
    return only_words(spelt_out(in_one_word(clean(q[:MAX_LENGTH])))).split()[:MOST_WORDS]


def has_all(typed: Sequence[str], text: str) -> bool:
    """Each typed word is the beginning of a word of the text."""
    words = only_words(spelt_out(in_one_word(text))).split()
    return all(any(word.startswith(each) for word in words) for each in typed)


def _labels(rows: Sequence[tuple[Any, ...]], typed: Sequence[str]) -> Iterator[Suggestion]:
    facets = {facet.key: str(facet.label) for facet in all_facets() if facet is not YEAR}
    for _type, _title, _url, values in rows:
        for value in values or []:
            if value["facet"] in facets and has_all(typed, value["label"]):
                yield Suggestion(value["label"], facets[value["facet"]], _results(value["label"]))


def _titles(rows: Sequence[tuple[Any, ...]], typed: Sequence[str]) -> Iterator[Suggestion]:
    for type, title, url, _values in rows:
        if has_all(typed, title):
            yield Suggestion(title, str(type_of(type).one), url)


def _results(text: str) -> str:
    query = QueryDict(mutable=True)
    query["q"] = text
    return f"{network_path('search:search')}?{query.urlencode()}"


def _place(suggestion: Suggestion, typed: Sequence[str]) -> tuple[bool, int, str]:
    """What begins with it comes first, short before long."""
    text = spelt_out(suggestion.text)
    return (not text.startswith(typed[0]), len(text), text)
