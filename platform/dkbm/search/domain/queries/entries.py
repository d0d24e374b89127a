"""Finding: what a reader may see, how much of each type there is, and the rows of one page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchRank
from django.db.models import Count, F, FloatField, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Left
from django.utils.safestring import SafeString

from dkbm.search.enums import NAME_OF_ONE, EntryType, Visibility
from dkbm.search.models import SearchEntry
from dkbm.search.registry import readable_group_ids
from dkbm.search.text import MARK_END, MARK_START, STAND_INS, TYPOGRAPHY, marked
from dkbm.tenancy.visitor import Visitor

from .documents import readable_document_keys
from .pages import restricted_page_keys
from .words import CONFIG, Words, words

SNIPPET_FROM = 20_000
"""Characters of a text in which a snippet is looked for."""


@dataclass(frozen=True)
class Hit:
    """A line of the results; ``title_marked`` and ``snippet`` are safe HTML with ``<mark>``."""

    type: str
    slug: str
    title: str
    title_marked: SafeString
    url: str
    snippet: SafeString
    score: float
    date: datetime | None
    visibility: str
    facets: dict[str, list[str]]

    @property
    def type_label(self) -> str:
        return str(NAME_OF_ONE[EntryType(self.type)])


class Found:
    """What a search found: numbers at once, rows by slice (``found[0:20]``)."""

    def __init__(self, rows: QuerySet[SearchEntry] | None, counts: dict[str, int], total: int) -> None:
        self._rows = rows
        self.counts = counts
        self._total = total

    def count(self) -> int:
        return self._total

    __len__ = count

    def __getitem__(self, part: slice) -> list[Hit]:
        if self._rows is None or not self._total:
            return []
        return [_hit(row) for row in self._rows[part]]


def visible_entries(visitor: Visitor) -> QuerySet[SearchEntry]:
    """Entries that this reader may see: guests what is public, members more, managers every group's.

    Documents and restricted pages are looked up where editors set who reads them; the entry alone does not decide.
    """
    entries: QuerySet[SearchEntry] = SearchEntry.objects.all()
    if not visitor.is_member:
        allowed = Q(visibility=Visibility.PUBLIC)
    elif visitor.is_manager:
        allowed = Q()
    else:
        groups = readable_group_ids(visitor)
        allowed = Q(visibility__in=[Visibility.PUBLIC, Visibility.MEMBERS]) | Q(
            visibility=Visibility.GROUP, group_id__in=groups
        )
    documents = readable_document_keys(visitor)
    entries = entries.filter(Q(type=EntryType.DOCUMENT, key__in=documents) | (allowed & ~Q(type=EntryType.DOCUMENT)))
    hidden = restricted_page_keys(visitor)
    return entries.exclude(type=EntryType.PAGE, key__in=hidden) if hidden else entries


def find(*, q: str, visitor: Visitor, type: str = "", newest_first: bool = False) -> Found:
    """Look for all words of ``q``. ``type``: only that type; ``counts`` are always those of all types.

    An empty search finds nothing. Raises ``ValueError`` for an unknown type.
    """
    query = words(q)
    if query is None:
        return Found(None, {}, 0)
    matching = visible_entries(visitor).filter(document=query.wide)
    counts = dict(matching.order_by().values_list("type").annotate(Count("pk")))
    total = counts.get(EntryType(type), 0) if type else sum(counts.values())
    rows = matching.filter(type=type) if type else matching
    order = ["-date", "-score"] if newest_first else ["-score", "-date"]
    rows = _with_marks(rows, query).order_by(*(F(name[1:]).desc(nulls_last=True) for name in order), "title", "pk")
    return Found(rows, {type: counts[type] for type in EntryType.values if type in counts}, total)


def _with_marks(rows: QuerySet[SearchEntry], query: Words) -> QuerySet[SearchEntry]:
    """Score (whole words count double) and texts with the found words marked; made for the rows of the page only."""
    marks: dict[str, Any] = {"config": CONFIG, "start_sel": MARK_START, "stop_sel": MARK_END}
    rank = SearchRank(F("document"), query.exact) * Value(2.0) + SearchRank(F("document"), query.wide)
    return rows.annotate(
        score=rank + Value(0.0, output_field=FloatField()),
        title_marked=SearchHeadline(_readable(F("title")), query.shown, highlight_all=True, **marks),
        snippet=SearchHeadline(
            _readable(Left("body", SNIPPET_FROM)), query.shown, max_words=34, min_words=20, max_fragments=2, **marks
        ),
    ).defer("document", "body")


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
        visibility=row.visibility,
        facets=row.facets,
    )


def matching_keys(*, q: str, type: str) -> list[str] | None:
    """Keys of all things of a type that match, whoever may see them: the caller limits its own rows.

    ``None`` for a search without words, which limits nothing.
    """
    query = words(q)
    if query is None:
        return None
    return list(SearchEntry.objects.filter(type=EntryType(type), document=query.wide).values_list("key", flat=True))
