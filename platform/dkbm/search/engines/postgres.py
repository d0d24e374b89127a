"""Questions answered by PostgreSQL: its index behind row level security names candidates, which are ranked here.

All words first; where hardly anything holds them all, some of them. Ranked is in two steps: by headings, which are
short and cheap to look at, and the best of these by their texts.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery
from django.db.models import FloatField, Q, QuerySet, Value
from django.db.models.expressions import RawSQL

from dkbm.search.domain.queries.candidates import (
    Candidates,
    all_candidates,
    headed_candidates,
    newest_candidates,
    one_of,
)
from dkbm.search.domain.queries.counting import TYPE, Counts, conditions, count_values, meeting
from dkbm.search.domain.queries.visible import visible_entries
from dkbm.search.models import SearchEntry
from dkbm.search.questions import How, Question
from dkbm.search.text import only_words, spelt_out
from dkbm.search.types import type_of
from dkbm.tenancy.visitor import Visitor

from .base import Asking, Scored
from .postgres_queries import all_of, any_of, beginning_with, levels, some_of

CONFIG = "german"
FEW = 5
"""Where fewer entries hold all the words, those that hold some of them follow."""
ENOUGH = (0.45, 0.2)
"""So much of what the words say has to be covered by what holds some of them; less where that is hardly anything."""
CLOSELY = 250
"""So many of the best are ranked by their texts."""
IN_TEXT, OFTEN, COVERED, OF_TITLE, VERY_THING = 0.45, 0.4, 0.6, 0.25, 2.0
"""What counts beside the heading: that the text holds a word, how much of the text it is, that the word is met at all,
how much of the title was asked for, and a title that is just that."""
PLACES = (("A", 1.0), ("B", 0.75), ("C", 0.7), ("D", 0.5))
"""Where a word stands in a heading, and how much that counts: title, labels, parts of words of both."""


class PostgresEngine:
    def answer(self, asking: Asking) -> PostgresAnswer:
        question, visible = asking.question, asking.visible
        found = newest_candidates(visible, query_of(all_of(question)), asking.visitor, best=not asking.newest_first)
        whole = len(found.ids)
        for enough in ENOUGH if len(question.required) > 1 else ():
            if len(found.ids) < FEW:
                more = newest_candidates(visible, query_of(some_of(question, enough)), asking.visitor, best=True)
                found = Candidates(list(dict.fromkeys([*found.ids, *more.ids])), found.more | more.more)
        entries = visible.filter(one_of(found.ids))
        kind = {TYPE: Q(type=type_of(asking.type).key)} if asking.type else {}
        asked = {**kind, **conditions(asking.chosen)}
        counts = count_values(entries, asked)
        return PostgresAnswer(asking, counts, found.more, whole, meeting(entries, asked))

    def meets(self, question: Question, visitor: Visitor, type: str) -> Q:
        return Q(all_candidates(query_of(all_of(question)), visitor, type))

    def suggestions(self, beginning: str, visitor: Visitor, limit: int) -> Sequence[Scored]:
        words = only_words(spelt_out(beginning)).split()
        if not words:
            return []
        found = headed_candidates(visible_entries(visitor), query_of(beginning_with(words)), visitor, limit)
        return [Scored(pk, 1.0) for pk in found]


def query_of(text: str) -> SearchQuery:
    return SearchQuery(text, config=CONFIG, search_type="raw")


@dataclass(frozen=True)
class PostgresAnswer:
    asking: Asking
    counts: Counts
    more: Collection[str]
    whole: int
    entries: QuerySet[SearchEntry]
    stands_in: bool = False

    def page(self, part: slice) -> Sequence[Scored]:
        return self._ranked[part]

    @cached_property
    def _ranked(self) -> list[Scored]:
        """By their headings; the best of them once more, by their texts as well."""
        features = Features(self.asking.question)
        rows = [Row(*row) for row in self._asked_for(features, closely=self.counts.total <= CLOSELY)]
        rows = sorted((row._replace(score=features.score(row)) for row in rows), key=_by_score)
        if rows and rows[0].texts is None:
            best = self.entries.filter(one_of([row.pk for row in rows[:CLOSELY]]))
            texts = dict(best.annotate(texts=features.texts).values_list("pk", "texts"))
            closely = [row._replace(texts=texts.get(row.pk)) for row in rows[:CLOSELY]]
            closely = sorted((row._replace(score=features.score(row)) for row in closely), key=_by_score)
            rows = closely + rows[CLOSELY:]
        if self.asking.newest_first:
            rows.sort(key=_by_date)
        return [Scored(row.pk, row.score) for row in rows]

    def _asked_for(self, features: Features, *, closely: bool) -> QuerySet[Any, Any]:
        nothing = Value(None, ArrayField(FloatField()))
        rows = self.entries.annotate(headings=features.headings, texts=features.texts if closely else nothing)
        return rows.values_list("pk", "date", "title", "headings", "texts")


class Row(NamedTuple):
    """A candidate: how well heading and text meet each thing that is wanted."""

    pk: int
    date: datetime | None
    title: str
    headings: list[float]
    texts: list[float] | None
    score: float = 0.0


def _by_score(row: Row) -> tuple[float, bool, float, str, int]:
    return (-row.score, *_by_date(row), row.title, row.pk)


def _by_date(row: Row) -> tuple[bool, float]:
    """The newest first, what has no date at the end."""
    return row.date is None, -row.date.timestamp() if row.date else 0.0


class Features:
    """What is asked of each candidate, and what it is worth."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.wanted = question.wanted
        self.total = sum(each.rarity for each in self.wanted)
        self.names = names_of(question)

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

    def score(self, row: Row) -> float:
        """By the heading alone, or by the text as well; the second is never less than the first."""
        texts = row.texts or [0.0] * (2 * len(self.wanted))
        words = only_words(spelt_out(row.title)).split()
        score = 0.0
        for number, wanted in enumerate(self.wanted):
            heading, text, much = row.headings[number], texts[2 * number], texts[2 * number + 1]
            found = heading + IN_TEXT * text + OFTEN * min(1.0, 4 * much) + COVERED * max(heading, text)
            score += wanted.rarity * found / self.total
        in_title = sum(1 for value in row.headings if value >= 0.6)
        score += OF_TITLE * min(1.0, in_title / max(len(words), 1))
        return score + VERY_THING * self.names.get(" ".join(words), 0.0)


def names_of(question: Question) -> dict[str, float]:
    """Titles that would be the very thing: what was typed, or what means the same; and how surely."""
    expected = sum(1 for wanted in question.wanted if not wanted.optional)
    names: dict[str, float] = {}
    for alternative in {each for wanted in question.wanted for each in wanted.alternatives}:
        met = sum(alternative in wanted.alternatives for wanted in question.wanted if not wanted.optional)
        if met == expected and alternative.how not in (How.BEGINNING, How.PART):
            name = spelt_out(alternative.word)
            names[name] = max(alternative.weight, names.get(name, 0.0))
    return {**names, question.text: 1.0}


def _at(query: str, place: str) -> str:
    return query.replace("':*", f"':*{place}").replace("' ", f"':{place} ").replace("')", f"':{place})")
