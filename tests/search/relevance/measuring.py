"""Asking the queries, and what came of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import mean

from dkbm.search.domain.queries.entries import find
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import Visitor
from tests.search.relevance.queries import CLASSES, Query

FIRST = 5


@dataclass(frozen=True)
class Outcome:
    """``place``: of the first expected thing, 0 where none is among the first ``FIRST``. ``share``: of all expected."""

    query: Query
    place: int
    share: float
    shown: list[tuple[str, str]]


@dataclass(frozen=True)
class Asked:
    """The network that is asked, those who ask, and login -> key of a person."""

    network: BoundNetwork
    visitors: dict[str, Visitor]
    logins: dict[str, str]


def ask(queries: Iterable[Query], asked: Asked) -> list[Outcome]:
    return [_ask(query, asked.visitors[query.who], asked.logins) for query in queries]


def _ask(query: Query, visitor: Visitor, logins: Mapping[str, str]) -> Outcome:
    shown = [(hit.type, hit.slug) for hit in find(q=query.q, visitor=visitor)[0:FIRST]]
    wanted = [(kind, logins.get(slug, slug) if kind == "person" else slug) for kind, slug in query.expected]
    places = [number for number, thing in enumerate(shown, 1) if thing in wanted]
    return Outcome(query, min(places, default=0), len({shown[place - 1] for place in places}) / len(wanted), shown)


def by_class(outcomes: Iterable[Outcome]) -> dict[str, list[Outcome]]:
    found = defaultdict(list)
    for outcome in outcomes:
        found[outcome.query.kind].append(outcome)
    return {kind: found[kind] for kind in CLASSES if kind in found}


def recall(outcomes: Iterable[Outcome]) -> float:
    """Share of the queries of which one expected thing is among the first."""
    return mean(outcome.place > 0 for outcome in outcomes)


def table(outcomes: list[Outcome], name: str) -> str:
    """A line a class: number, recall@5, mean reciprocal rank, share of all expected things."""
    rows = [*by_class(outcomes).items(), ("all", outcomes)]
    lines = [f"| {name:16} | queries | recall@5 |  MRR | all expected |", "| --- | --- | --- | --- | --- |"]
    for kind, those in rows:
        rank = mean(1 / outcome.place if outcome.place else 0 for outcome in those)
        share = mean(outcome.share for outcome in those)
        lines.append(f"| {kind:16} | {len(those):7} | {recall(those):8.2f} | {rank:.2f} | {share:12.2f} |")
    return "\n".join(lines)
