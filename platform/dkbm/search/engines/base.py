"""What an engine has to be able to do. It names entries; whoever shows them reads the rows anew (``visible_entries``).

The rows of ``SearchEntry`` are the truth: written in the transaction of each change, read under both locks. An engine
may keep more of its own, but what it answers counts only as far as a row says so too.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from django.db.models import Q, QuerySet

from dkbm.search.domain.queries.counting import Chosen, Counts
from dkbm.search.models import SearchEntry
from dkbm.search.questions import Question
from dkbm.tenancy.visitor import Visitor


@dataclass(frozen=True)
class Asking:
    """``visible``: the rows that the visitor may see. ``type``: only that one, ``chosen``: only what has one of the
    values of each facet; the numbers of types and of a facet ignore what is chosen of themselves.
    """

    question: Question
    visitor: Visitor
    visible: QuerySet[SearchEntry]
    type: str = ""
    chosen: Chosen = field(default_factory=dict)
    newest_first: bool = False


class Scored(NamedTuple):
    """An entry by its id, and how well it meets the question: comparable within one answer alone."""

    id: int
    score: float


class Answer(Protocol):
    """``counts``: of what meets the question, by type and value. ``more``: types of which only the newest ``BOUND``
    are looked at. ``whole``: how many meet all of it; fewer than there are where "some of the words" had to do.
    ``stands_in``: for another engine, which does not answer just now.
    """

    @property
    def counts(self) -> Counts: ...

    @property
    def more(self) -> Collection[str]: ...

    @property
    def whole(self) -> int: ...

    @property
    def stands_in(self) -> bool: ...

    def page(self, part: slice) -> Sequence[Scored]:
        """A part of the entries that meet type and choice as well, in order."""
        ...


class Engine(Protocol):
    """A name of its own stands in the settings (``engines.ENGINES``)."""

    def answer(self, asking: Asking) -> Answer: ...

    def meets(self, question: Question, visitor: Visitor, type: str) -> Q:
        """Condition on entries of one type: all that meet the question, without a bound; for a type's own list."""
        ...

    def suggestions(self, beginning: str, visitor: Visitor, limit: int) -> Sequence[Scored]:
        """Entries whose title or label (a municipality, a tag) has a word that begins so; ``limit`` of each type."""
        ...
