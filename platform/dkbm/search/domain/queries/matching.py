"""Things that meet a whole search, by name alone: for whoever compares what is found now with what was before."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from django.db.models import F

from dkbm.search.engines import engine
from dkbm.search.types import type_keys
from dkbm.tenancy.visitor import Visitor

from .counting import Chosen, conditions, meeting
from .understanding import understand
from .visible import visible_entries

MOST_OF_A_TYPE = 1000
"""The newest."""


class Matching(NamedTuple):
    """``key``: of the thing, whichever of its sections was found."""

    type: str
    key: str
    title: str
    group_id: int | None

    @property
    def name(self) -> str:
        return f"{self.type}:{self.key}"


def things_matching(
    *, q: str, visitor: Visitor, chosen: Chosen, type: str = "", since: datetime | None = None
) -> list[Matching]:
    """Each thing once, type by type, the newest first; what holds some of the words alone is not among them.

    ``since``: of a type with more of them nothing older, which may be here in place of one that is gone.
    """
    question = understand(q)
    if question is None:
        return []
    found: dict[str, Matching] = {}
    for kind in [type] if type else type_keys():
        asked = {**conditions(chosen), "q": engine().meets(question, visitor, kind)}
        rows = meeting(visible_entries(visitor, type=kind), asked).order_by(F("date").desc(nulls_last=True), "-pk")
        newest = list(rows.values_list("key", "title", "group_id", "date")[:MOST_OF_A_TYPE])
        if since and len(newest) == MOST_OF_A_TYPE:
            newest = [row for row in newest if row[3] and row[3] >= since]
        for key, title, group_id, _date in newest:
            hit = Matching(kind, key.partition("/")[0], title, group_id)
            found.setdefault(hit.name, hit)
    return list(found.values())
