"""Questions answered by PostgreSQL: its index behind row level security names candidates, which are ranked here.

All words first; where hardly anything holds them all, some of them. Ranked is in two steps: by headings, which are
short and cheap to look at, and the best of these by their texts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db.models import FloatField, Q, QuerySet
from django.db.models.expressions import RawSQL

from dkbm.search.domain.queries.candidates import (
    Candidates,
    all_candidates,
    headed_candidates,
    newest_candidates,
    one_of,
)
from dkbm.search.domain.queries.counting import TYPE, Counts, conditions, count_values, meeting
from dkbm.search.models import SearchEntry
from dkbm.search.questions import Question
from dkbm.search.text import only_words, spelt_out
from dkbm.search.types import type_of
from dkbm.tenancy.visitor import Visitor

from .base import Asking, Scored
from .postgres_queries import all_of, any_of, levels, some_of

CONFIG = "german"
FEW = 5
"""Where fewer entries hold all the words, those that hold some of them follow."""
CLOSELY = 250
"""So many of the best are ranked by their texts."""
PLACES = (("A", 1.0), ("B", 0.75), ("C", 0.7), ("D", 0.5))
"""Where a word stands in a heading, and how much that counts: title, labels, parts of words of both."""


class PostgresEngine:
    def answer(self, asking: Asking) -> PostgresAnswer:
        question, visible = asking.question, asking.visible
        found = newest_candidates(visible, _query(all_of(question)), asking.visitor, best=not asking.newest_first)
        whole = len(found.ids)
        if whole < FEW and len(question.required) > 1:
            more = newest_candidates(visible, _query(some_of(question)), asking.visitor, best=True)
            found = Candidates(list(dict.fromkeys([*found.ids, *more.ids])), found.more | more.more)
        entries = visible.filter(one_of(found.ids))
        kind = {TYPE: Q(type=type_of(asking.type).key)} if asking.type else {}
        asked = {**kind, **conditions(asking.chosen)}
        counts = count_values(entries, asked)
        return PostgresAnswer(asking, counts, found.more, whole, meeting(entries, asked))

    def meets(self, question: Question, visitor: Visitor, type: str) -> Q:
        return Q(all_candidates(_query(all_of(question)), visitor, type))

    def suggestions(self, beginning: str, visitor: Visitor, limit: int) -> Sequence[Scored]:
        words = " & ".join(f"'{word}':*AB" for word in beginning.split())
        return [Scored(pk, 1.0) for pk in headed_candidates(_query(words), visitor, limit)]


def _query(text: str) -> SearchQuery:
    return SearchQuery(text, config=CONFIG, search_type="raw")


@dataclass(frozen=True)
class PostgresAnswer:
    asking: Asking
    counts: Counts
    more: Collection[str]
    whole: int
    entries: QuerySet[SearchEntry]
    held: Collection[str] = ()

    def page(self, part: slice) -> Sequence[Scored]:
        return self._ranked[part]

    @cached_property
    def _ranked(self) -> list[Scored]:
        question = self.asking.question
        features = Features(question)
        rows = list(self.entries.annotate(found=features.headings).values_list("pk", "date", "title", "found"))
        scored = []
        for pk, date, title, found in rows:
            scored.append((features.by_heading(title, found), date, title, pk, found))
        scored.sort(key=_by_score)
        best = scored[:CLOSELY]
        texts = dict(
            self.entries.filter(pk__in=[row[3] for row in best])
            .annotate(found=features.texts)
            .values_list("pk", "found")
        )
        closely = [
            (features.closely(title, found, texts[pk]), date, title, pk) for _score, date, title, pk, found in best
        ]
        rest = [(score / 4, date, title, pk) for score, date, title, pk, _found in scored[CLOSELY:]]
        ranked = sorted([*closely, *rest], key=_by_score)
        if self.asking.newest_first:
            ranked.sort(key=_by_date)
        return [Scored(pk, score) for score, _date, _title, pk in ranked]


def _by_score(row: Any) -> Any:
    score, date, title, pk = row[:4]
    return -score, -date.timestamp() if date else 1, title, pk


def _by_date(row: Any) -> Any:
    _score, date, _title, _pk = row
    return (0, -date.timestamp()) if date else (1, 0)


class Features:
    """What is asked of each candidate, and what it is worth."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.wanted = question.wanted
        self.total = sum(each.rarity for each in self.wanted)

    @property
    def headings(self) -> RawSQL:
        """For each wanted how well the heading meets it, from 0 to 1."""
        parts, params = [], []
        for wanted in self.wanted:
            cases = []
            params.append(any_of(wanted))
            ways = [(share * worth, query, place) for query, share in levels(wanted) for place, worth in PLACES]
            for value, query, place in sorted(ways, key=lambda way: -way[0]):
                cases.append(f"WHEN heading @@ to_tsquery('german', %s) THEN {value:.3f}")
                params.append(_at(query, place))
            parts.append(
                f"CASE WHEN heading @@ to_tsquery('german', %s) IS NOT TRUE THEN 0 {' '.join(cases)} ELSE 0 END"
            )
        return RawSQL(f"ARRAY[{', '.join(parts)}]::float8[]", params, ArrayField(FloatField()))  # noqa: S611

    @property
    def texts(self) -> RawSQL:
        """For each wanted how well the text meets it, and how much of the text that is."""
        parts, params = [], []
        for wanted in self.wanted:
            cases = []
            for query, share in levels(wanted):
                cases.append(f"WHEN document @@ to_tsquery('german', %s) THEN {share:.3f}")
                params.append(query)
            parts.append(f"CASE {' '.join(cases)} ELSE 0 END")
            parts.append("ts_rank('{0.3, 1, 1, 1}', document, to_tsquery('german', %s), 1)")
            params.append(levels(wanted)[0][0])
        return RawSQL(f"ARRAY[{', '.join(parts)}]::float8[]", params, ArrayField(FloatField()))  # noqa: S611

    def by_heading(self, title: str, found: list[float]) -> float:
        return sum(wanted.rarity * value for wanted, value in zip(self.wanted, found, strict=True)) / self.total

    def closely(self, title: str, headings: list[float], texts: list[float]) -> float:
        score = covered = 0.0
        words = only_words(spelt_out(title)).split()
        for number, wanted in enumerate(self.wanted):
            heading, text, much = headings[number], texts[2 * number], texts[2 * number + 1]
            score += wanted.rarity * (heading + 0.45 * text + 0.4 * min(1.0, 4 * much))
            covered += wanted.rarity * max(heading, text)
        in_title = sum(1 for value in headings if value >= 0.6)
        score = score / self.total + 0.6 * covered / self.total
        score += 0.25 * min(1.0, in_title / max(len(words), 1))
        if " ".join(words) == self.question.text:
            score += 2.0
        return score


def _at(query: str, place: str) -> str:
    return query.replace("':*", f"':*{place}").replace("' ", f"':{place} ").replace("')", f"':{place})")
