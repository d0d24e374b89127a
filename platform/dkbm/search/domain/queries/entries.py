"""Finding: what a reader may see, how much of each type and facet there is, and the rows of one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime
from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest, NullIf, Substr
from django.utils import timezone
from django.utils.safestring import SafeString

from dkbm.search.engines import engine
from dkbm.search.engines.base import Answer, Asking
from dkbm.search.facets import all_facets
from dkbm.search.marking import Marker
from dkbm.search.models import SearchEntry
from dkbm.search.types import type_keys, type_of
from dkbm.tenancy.visitor import Visitor

from .counting import Chosen, Counts, conditions, count_values, each_once, meeting
from .understanding import understand
from .visible import visible_entries

SNIPPET_BEFORE, SNIPPET_FROM = 300, 2_500
"""Characters of a text in which a snippet is looked for: from so many before the first word that looks right."""


@dataclass(frozen=True)
class Hit:
    """A line of the results; ``title_marked`` and ``snippet`` are safe HTML with ``<mark>``.

    ``labels``: those of the facets that are shown with a result.
    """

    type: str
    slug: str
    title: str
    title_marked: SafeString
    url: str
    snippet: SafeString
    score: float
    date: datetime | None
    period: str
    visibility: str
    labels: list[str]

    @property
    def day(self) -> Date | None:
        """The local one: in UTC a day begins on the evening before."""
        return timezone.localdate(self.date) if self.date else None

    @property
    def icon(self) -> str:
        """Symbol of ``icons.svg``; each type has one."""
        return f"typ-{self.type}"

    @property
    def type_label(self) -> str:
        return str(type_of(self.type).one)


class Found:
    """What a search found: numbers at once, rows by slice (``found[0:20]``).

    ``counts``: type -> number, whatever type is asked for; ``facets``: numbers of every facet's values; ``chosen``:
    what the rows are narrowed by. ``more``: types of which only ``BOUND`` hits are looked at and counted.
    ``whole``: how many of all hold all the words; fewer than there are when some of the words had to do.
    """

    def __init__(self, asking: Asking | None, answer: Answer | None) -> None:
        self._asking = asking
        self._answer = answer
        self.facets = answer.counts if answer else Counts([])
        self.counts = {type: self.facets.types[type] for type in type_keys() if type in self.facets.types}
        self.chosen: Chosen = asking.chosen if asking else {}
        self.more = [type for type in type_keys() if answer and type in answer.more]
        self.whole = answer.whole if answer else 0
        self._seen: dict[str, str] = {}

    def count(self) -> int:
        type = self._asking.type if self._asking else ""
        return self.counts.get(type, 0) if type else sum(self.counts.values())

    __len__ = count

    def __getitem__(self, part: slice) -> list[Hit]:
        if self._asking is None or self._answer is None or not self.count():
            return []
        scores = dict(self._answer.page(part))
        marker = Marker(self._asking.question)
        rows = {row.pk: row for row in _with_excerpts(self._asking.visible.filter(pk__in=scores), marker)}
        hits = [_hit(rows[pk], score, marker) for pk, score in scores.items() if pk in rows]
        self._seen |= marker.seen
        return hits

    @property
    def is_partial(self) -> bool:
        """Some of the results hold some of the words alone."""
        return self.whole < self.facets.total

    def corrected(self) -> dict[str, str]:
        """Typed word -> what may have been meant, as it is written in one of the results that were shown.

        A word that nothing holds which this reader sees is never named.
        """
        corrections = self._asking.question.corrections if self._asking else {}
        near = {typed: [word for word in words if word in self._seen] for typed, words in corrections.items()}
        return {typed: self._seen[words[0]] for typed, words in near.items() if words}


def find(
    *,
    q: str,
    visitor: Visitor,
    type: str = "",
    chosen: Chosen | None = None,
    newest_first: bool = False,
    lenient: bool = False,
) -> Found:
    """Look for all words of ``q``. ``type``: only that type; ``chosen``: only what has one of the values of each facet.

    The numbers of types and of a facet ignore the choice among themselves. ``lenient``: values that nothing of the
    search has count as not chosen. An empty search finds nothing. Of a type with very many hits the newest are looked
    at (:attr:`Found.more`). Raises ``ValueError`` for an unknown type.
    """
    question = understand(q)
    if question is None:
        return Found(None, None)
    chosen = each_once(chosen or {})
    kind = type_of(type).key if type else ""
    asking = Asking(question, visitor, visible_entries(visitor), kind, chosen, newest_first)
    answer = engine().answer(asking)
    known = answer.counts.known(chosen)
    if lenient and known != chosen:
        asking = replace(asking, chosen=known)
        answer = engine().answer(asking)
    return Found(asking, answer)


@dataclass(frozen=True)
class Browsed:
    """``keys`` of the things that meet the choice, ``facets`` with their numbers, ``total`` of all that may be seen.

    ``chosen``: what counts of the choice.
    """

    keys: QuerySet[Any]
    facets: Counts
    total: int
    chosen: Chosen


def browse(*, type: str, q: str, chosen: Chosen, visitor: Visitor) -> Browsed:
    """The things of one type, for that type's own list: all of them without ``q``, and no order.

    Every value is counted that one of the things has, also where the choice leaves none. Values that nothing has count
    as not chosen. The caller limits its own rows to what the reader may see as well.
    """
    entries = visible_entries(visitor, type=type)
    question, chosen = understand(q), each_once(chosen)
    asked = {**conditions(chosen), **({"q": engine().meets(question, visitor, type)} if question else {})}
    counts = count_values(entries, asked)
    if counts.known(chosen) != chosen:
        return browse(type=type, q=q, chosen=counts.known(chosen), visitor=visitor)
    return Browsed(meeting(entries, asked).order_by().values("key"), counts, counts.total, chosen)


def _with_excerpts(rows: QuerySet[SearchEntry], marker: Marker) -> QuerySet[SearchEntry]:
    """With the part of each text in which the words are: some texts are long, and a page shows little of each."""
    return rows.annotate(excerpt=_around(*marker.places())).defer("document", "heading", "body")


def _around(rarest: str, other: str) -> Substr:
    """From a little before the rarest word; where that is not there, any of them; else the beginning."""
    found = Coalesce(NullIf(_instr(rarest), 0), NullIf(_instr(other), 0), 1)
    start = Greatest(found - Value(SNIPPET_BEFORE), Value(1), output_field=IntegerField())
    return Substr("body", start, SNIPPET_FROM)


def _instr(pattern: str) -> Func:
    return Func(
        F("body"), Value(pattern), *map(Value, (1, 1, 0, "i")), function="regexp_instr", output_field=IntegerField()
    )


def _hit(row: Any, score: float, marker: Marker) -> Hit:
    return Hit(
        type=row.type,
        slug=row.slug,
        title=row.title,
        title_marked=marker.title(row.title),
        url=row.url,
        snippet=marker.snippet(row.excerpt),
        score=round(float(score), 4),
        date=row.date,
        period=row.period,
        visibility=row.visibility,
        labels=_labels(row.facets or []),
    )


def _labels(values: list[dict[str, Any]]) -> list[str]:
    shown = [facet.key for facet in all_facets() if facet.on_hits]
    return [value["label"] for value in values if value["facet"] in shown]
