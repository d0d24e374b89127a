"""Questions answered by a search server (Elasticsearch or OpenSearch), and by PostgreSQL while it cannot.

Who may see what stands in the query itself, so that numbers are right as well; the rows that are shown are read anew
from PostgreSQL by whoever shows them.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from elasticsearch_dsl import Search

from dkbm.search.domain.queries import candidates
from dkbm.search.models import SearchChange
from dkbm.search.questions import Question
from dkbm.search.server import asking as server_query
from dkbm.search.server.connection import ServerAway, asked
from dkbm.search.server.indexes import aliases
from dkbm.tenancy.context import require_network
from dkbm.tenancy.visitor import Visitor

from .base import Answer, Asking, Scored
from .postgres import ENOUGH, FEW, PostgresEngine, names_of

logger = logging.getLogger(__name__)

LATE = timedelta(seconds=60)
"""A change that waits longer says that the server is behind in its network."""
MOST_WAITING = 500
"""More waiting changes say so too."""
FIRST_HITS = 20
"""So many come with the numbers, as a page shows them."""


class ElasticEngine:
    def __init__(self) -> None:
        self._stand_in = PostgresEngine()

    def answer(self, asking: Asking) -> Answer:
        try:
            return ElasticAnswer(asking, _waiting())
        except ServerAway as reason:
            logger.warning("searching without the search server", extra={"reason": str(reason)})
            return replace(self._stand_in.answer(asking), stands_in=True)

    def meets(self, question: Question, visitor: Visitor, type: str) -> Q:
        """A list of one type is part of a query of the database anyway."""
        return self._stand_in.meets(question, visitor, type)

    def suggestions(self, beginning: str, visitor: Visitor, limit: int) -> Sequence[Scored]:
        search = _searched().query("bool", must=[server_query.beginning_so(beginning)])
        search = search.filter(server_query.visible(visitor)).sort(*server_query.order(newest_first=False))
        try:
            return _hits(_ask(search[:limit]))
        except ServerAway:
            return self._stand_in.suggestions(beginning, visitor, limit)


class ElasticAnswer:
    """Asks at once for the numbers and the first hits. Raises :class:`ServerAway`."""

    stands_in = False

    def __init__(self, asking: Asking, waiting: Mapping[str, Collection[str]]) -> None:
        self._asking = asking
        self._visible = [server_query.visible(asking.visitor), server_query.known(waiting)]
        self._conditions = server_query.conditions(asking.type, asking.chosen)
        self._enough: float | None = None
        answer = self._count()
        self.whole = number = _total(answer)
        for enough in ENOUGH if len(asking.question.required) > 1 else ():
            if number < FEW:
                self._enough = enough
                answer = self._count()
                number = _total(answer)
        found = answer["aggregations"]
        self.counts = server_query.counts_from(found, self._conditions, most=candidates.BOUND)
        self.more: Collection[str] = server_query.crowded(found, candidates.BOUND)
        self._first = _hits(answer)

    def _count(self) -> dict[str, Any]:
        search = self._search()[:FIRST_HITS]
        server_query.count(search, self._conditions)
        return _ask(search)

    def page(self, part: slice) -> Sequence[Scored]:
        start, stop = part.start or 0, part.stop
        if stop <= FIRST_HITS or len(self._first) < FIRST_HITS:
            return self._first[start:stop]
        try:
            return _hits(_ask(self._search()[start:stop]))
        except ServerAway:
            return PostgresEngine().answer(self._asking).page(part)

    def _search(self) -> Search:
        asking = self._asking
        meeting = server_query.meeting(asking.question, names_of(asking.question), enough=self._enough)
        search = _searched().query("bool", must=[meeting], filter=self._visible)
        search = search.sort(*server_query.order(newest_first=asking.newest_first))
        return search.post_filter("bool", filter=list(self._conditions.values())) if self._conditions else search


def _searched() -> Search:
    """All kinds, in the bound network's part; all of it or nothing."""
    search = Search(index=aliases()).params(routing=str(require_network().id), allow_partial_search_results=False)
    return search.source(["pk"]).extra(track_scores=True, track_total_hits=False)


def _hits(answer: dict[str, Any]) -> list[Scored]:
    return [Scored(*each) for each in server_query.each_of(answer["hits"]["hits"])]


def _total(answer: dict[str, Any]) -> int:
    return sum(each["doc_count"] for each in answer["aggregations"]["kinds"]["buckets"])


def _ask(search: Search) -> dict[str, Any]:
    with asked() as server:
        return dict(search.using(server).execute().to_dict())


def _waiting() -> Mapping[str, Collection[str]]:
    """Type -> keys of the bound network's entries that the server may have as they are no more: who may see them may
    have changed, and numbers would tell. Raises :class:`ServerAway` when there are many, or some wait for long.
    """
    changes = list(SearchChange.objects.order_by("since")[: MOST_WAITING + 1])
    if len(changes) > MOST_WAITING or (changes and changes[0].since < timezone.now() - LATE):
        raise ServerAway("it is behind")
    waiting: dict[str, set[str]] = defaultdict(set)
    for each in changes:
        waiting[each.type].add(each.key)
    return waiting
