"""Finding: what a reader may see, how much of each type and facet there is, and the rows of one page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date as Date
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchHeadline
from django.db.models import F, Func, IntegerField, QuerySet, TextField, Value
from django.db.models.functions import Greatest, Substr
from django.utils import timezone
from django.utils.safestring import SafeString

from dkbm.search.engines import engine
from dkbm.search.engines.base import Answer, Asking
from dkbm.search.facets import all_facets
from dkbm.search.models import SearchEntry
from dkbm.search.text import MARK_END, MARK_START, STAND_INS, TYPOGRAPHY, corrected, marked
from dkbm.search.types import type_keys, type_of
from dkbm.tenancy.visitor import Visitor

from .counting import Chosen, Counts, conditions, count_values, each_once, meeting
from .understanding import understand
from .visible import visible_entries
from .words import CONFIG, Words, words

MOST_FOR_MEANT = 5
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

    def count(self) -> int:
        type = self._asking.type if self._asking else ""
        return self.counts.get(type, 0) if type else sum(self.counts.values())

    __len__ = count

    def meant(self, q: str) -> str:
        """``q`` with words that look like mistyped ones, as the best hits write them; empty where they hold none.

        A word of the network that stands in none of what this reader may see is not said.
        """
        if self._asking is None or self._answer is None or not self._asking.question.corrections:
            return ""
        best = [scored.id for scored in self._answer.page(slice(0, MOST_FOR_MEANT))]
        rows = self._asking.visible.filter(pk__in=best).values_list("title", "body", "facets")
        texts = [" ".join([title, body, *(value["label"] for value in facets or [])]) for title, body, facets in rows]
        return corrected(q, self._asking.question.corrections, texts)

    def __getitem__(self, part: slice) -> list[Hit]:
        if self._asking is None or self._answer is None or not self.count():
            return []
        scores = dict(self._answer.page(part))
        query = words(self._asking.question.text)
        if query is None:
            return []
        rows = {row.pk: row for row in _with_marks(self._asking.visible.filter(pk__in=scores), query)}
        return [_hit(rows[pk], score) for pk, score in scores.items() if pk in rows]


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


def _with_marks(rows: QuerySet[SearchEntry], query: Words) -> QuerySet[SearchEntry]:
    """Texts with the found words marked: costly, so for the rows of one page, not for those of the pages before it."""
    marks: dict[str, Any] = {"config": CONFIG, "start_sel": MARK_START, "stop_sel": MARK_END}
    return rows.annotate(
        title_marked=SearchHeadline(_readable(F("title")), query.shown, highlight_all=True, **marks),
        snippet=SearchHeadline(
            _readable(_around(query)), query.shown, max_words=34, min_words=20, max_fragments=2, **marks
        ),
    ).defer("document", "body")


def _around(query: Words) -> Substr:
    """The part of the text where the words are; its beginning where that finds none (marking is slow in long ones)."""
    found = Func(
        F("body"), Value(query.place), *map(Value, (1, 1, 0, "i")), function="regexp_instr", output_field=IntegerField()
    )
    start = Greatest(found - Value(SNIPPET_BEFORE), Value(1), output_field=IntegerField())
    return Substr("body", start, SNIPPET_FROM)


def _readable(text: Any) -> Func:
    return Func(text, Value(TYPOGRAPHY), Value(STAND_INS), function="translate", output_field=TextField())


def _hit(row: Any, score: float) -> Hit:
    return Hit(
        type=row.type,
        slug=row.slug,
        title=row.title,
        title_marked=marked(row.title_marked),
        url=row.url,
        snippet=marked(row.snippet),
        score=round(float(score), 4),
        date=row.date,
        period=row.period,
        visibility=row.visibility,
        labels=_labels(row.facets or []),
    )


def _labels(values: list[dict[str, Any]]) -> list[str]:
    shown = [facet.key for facet in all_facets() if facet.on_hits]
    return [value["label"] for value in values if value["facet"] in shown]
