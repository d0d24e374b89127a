"""Finding: what a reader may see, how much of each type and facet there is, and the rows of one page."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date as Date
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.db.models import F, FloatField, Func, IntegerField, Q, QuerySet, TextField, Value
from django.db.models.functions import Greatest, Substr
from django.utils import timezone
from django.utils.safestring import SafeString

from dkbm.search.facets import all_facets
from dkbm.search.models import SearchEntry
from dkbm.search.text import MARK_END, MARK_START, STAND_INS, TYPOGRAPHY, marked
from dkbm.search.types import DOCUMENT, PAGE, type_keys, type_of
from dkbm.tenancy.visitor import Visitor

from .candidates import all_candidates, newest_candidates, one_of, readable
from .counting import TYPE, Chosen, Counts, conditions, count_values, each_once, meeting
from .documents import readable_document_keys
from .pages import restricted_page_keys
from .words import CONFIG, Words, words

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
    what the rows are narrowed by. ``more``: types of which only the newest ``BOUND`` hits are looked at and counted.
    """

    def __init__(
        self,
        rows: QuerySet[SearchEntry] | None,
        query: Words | None,
        facets: Counts,
        total: int,
        chosen: Chosen,
        more: Collection[str] = (),
    ) -> None:
        self._rows = rows
        self._query = query
        self.facets = facets
        self.counts = {type: facets.types[type] for type in type_keys() if type in facets.types}
        self._total = total
        self.chosen = chosen
        self.more = [type for type in type_keys() if type in more]

    def count(self) -> int:
        return self._total

    __len__ = count

    def __getitem__(self, part: slice) -> list[Hit]:
        if self._rows is None or self._query is None or not self._total:
            return []
        page = list(self._rows.values_list("pk", flat=True)[part])
        return [_hit(row) for row in _with_marks(self._rows.filter(pk__in=page), self._query)]


def visible_entries(visitor: Visitor, *, type: str = "") -> QuerySet[SearchEntry]:
    """Entries (of one ``type``) that this reader may see: guests what is public, members more, managers every group's.

    Documents and restricted pages are looked up where editors set who reads them; the entry alone does not decide.
    """
    entries: QuerySet[SearchEntry] = SearchEntry.objects.filter(**{"type": type_of(type).key} if type else {})
    allowed = readable(visitor).condition
    if type in ("", DOCUMENT.key):
        documents = readable_document_keys(visitor)
        allowed = Q(type=DOCUMENT.key, key__in=documents) | (allowed & ~Q(type=DOCUMENT.key))
    entries = entries.filter(allowed)
    if type not in ("", PAGE.key):
        return entries
    hidden = restricted_page_keys(visitor)
    return entries.exclude(type=PAGE.key, key__in=hidden) if hidden else entries


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
    query = words(q)
    if query is None:
        return Found(None, None, Counts([]), 0, {})
    chosen = each_once(chosen or {})
    visible = visible_entries(visitor)
    candidates = newest_candidates(visible, query.wide, visitor)
    entries = visible.filter(one_of(candidates.ids))
    asked = {**({TYPE: Q(type=type_of(type).key)} if type else {}), **conditions(chosen)}
    counts = count_values(entries, asked)
    if lenient and counts.known(chosen) != chosen:
        return find(q=q, visitor=visitor, type=type, chosen=counts.known(chosen), newest_first=newest_first)
    total = counts.types.get(type, 0) if type else sum(counts.types.values())
    return Found(_ranked(meeting(entries, asked), query, newest_first), query, counts, total, chosen, candidates.more)


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
    query, chosen = words(q), each_once(chosen)
    asked = {**conditions(chosen), **({"q": Q(all_candidates(query.wide, visitor, type))} if query else {})}
    counts = count_values(entries, asked)
    if counts.known(chosen) != chosen:
        return browse(type=type, q=q, chosen=counts.known(chosen), visitor=visitor)
    return Browsed(meeting(entries, asked).order_by().values("key"), counts, counts.total, chosen)


def _ranked(rows: QuerySet[SearchEntry], query: Words, newest_first: bool) -> QuerySet[SearchEntry]:
    """With their score (whole words count double), in order."""
    rank = SearchRank(F("document"), query.exact) * Value(2.0) + SearchRank(F("document"), query.wide)
    order = ["date", "score"] if newest_first else ["score", "date"]
    rows = rows.annotate(score=rank + Value(0.0, output_field=FloatField()))
    return rows.order_by(*(F(name).desc(nulls_last=True) for name in order), "title", "pk")


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


def _hit(row: Any) -> Hit:
    return Hit(
        type=row.type,
        slug=row.slug,
        title=row.title,
        title_marked=marked(row.title_marked),
        url=row.url,
        snippet=marked(row.snippet),
        score=round(float(row.score), 4),
        date=row.date,
        period=row.period,
        visibility=row.visibility,
        labels=_labels(row.facets or []),
    )


def _labels(values: list[dict[str, Any]]) -> list[str]:
    shown = [facet.key for facet in all_facets() if facet.on_hits]
    return [value["label"] for value in values if value["facet"] in shown]
