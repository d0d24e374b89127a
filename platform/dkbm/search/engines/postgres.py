"""Questions answered by PostgreSQL: its index behind row level security names candidates, which are ranked here."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, FloatField, Q, QuerySet, Value

from dkbm.search.domain.queries.candidates import all_candidates, newest_candidates, one_of
from dkbm.search.domain.queries.counting import TYPE, Counts, conditions, count_values, meeting
from dkbm.search.models import SearchEntry
from dkbm.search.questions import Alternative, How, Question, Wanted
from dkbm.search.types import type_of
from dkbm.tenancy.visitor import Visitor

from .base import Asking, Scored

CONFIG = "german"


class PostgresEngine:
    def answer(self, asking: Asking) -> PostgresAnswer:
        candidates = newest_candidates(asking.visible, holding(asking.question), asking.visitor)
        entries = asking.visible.filter(one_of(candidates.ids))
        kind = {TYPE: Q(type=type_of(asking.type).key)} if asking.type else {}
        asked = {**kind, **conditions(asking.chosen)}
        counts = count_values(entries, asked)
        return PostgresAnswer(asking, counts, candidates.more, counts.total, meeting(entries, asked))

    def meets(self, question: Question, visitor: Visitor, type: str) -> Q:
        return Q(all_candidates(holding(question), visitor, type))

    def suggestions(self, beginning: str, visitor: Visitor, limit: int) -> Sequence[Scored]:
        return []


@dataclass(frozen=True)
class PostgresAnswer:
    asking: Asking
    counts: Counts
    more: Collection[str]
    whole: int
    entries: QuerySet[SearchEntry]
    held: Collection[str] = ()
    stands_in: bool = False

    def page(self, part: slice) -> Sequence[Scored]:
        return [Scored(*row) for row in self._ranked[part]]

    @cached_property
    def _ranked(self) -> QuerySet[Any, Any]:
        """Whole words count double."""
        question = self.asking.question
        sure = Question(tuple(each.without(How.BEGINNING) for each in question.wanted))
        rank = SearchRank(F("document"), holding(sure)) * Value(2.0) + SearchRank(F("document"), holding(question))
        order = ["date", "score"] if self.asking.newest_first else ["score", "date"]
        rows = self.entries.annotate(score=rank + Value(0.0, output_field=FloatField()))
        return rows.order_by(*(F(name).desc(nulls_last=True) for name in order), "title", "pk").values_list(
            "pk", "score"
        )


def holding(question: Question) -> SearchQuery:
    """The question as a query of the database: all that is required, and nothing of what must not be there."""
    parts = [_any(wanted) for wanted in question.required]
    parts += [f"!({_together(text.split(), '<->')})" for text in question.without]
    return SearchQuery(" & ".join(parts), config=CONFIG, search_type="raw")


def _any(wanted: Wanted) -> str:
    return f"({' | '.join(map(_one, wanted.alternatives))})"


def _one(alternative: Alternative) -> str:
    together = "&" if alternative.how == How.LONGER else "<->"
    return _together(alternative.words, together, ":*" if alternative.how == How.BEGINNING else "")


def _together(words: list[str], together: str, mark: str = "") -> str:
    """Words hold letters and figures alone; the quotes are for those that the parser of queries would take apart."""
    return "(" + f" {together} ".join(f"'{word}'{mark}" for word in words) + ")"
