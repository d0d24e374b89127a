"""Which entries hold the words: asked of the index behind row level security, through a function of the database.

``search_candidates`` (migration 0005) runs with the owner's rights, because the policies keep the app role from using
the index. It takes the network from the session, and what it returns are ids, which the caller reads as itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, QuerySet, TextField, Value

from dkbm.search.enums import Visibility
from dkbm.search.models import SearchEntry
from dkbm.tenancy.groups import readable_group_ids
from dkbm.tenancy.visitor import Visitor

BOUND = 1000
"""So many hits of a type are ranked and counted, the newest ones."""


@dataclass(frozen=True)
class Readable:
    """Whose entries a reader may see: those of these visibilities, and those of these groups."""

    visibilities: list[str]
    groups: list[int]

    @property
    def condition(self) -> Q:
        return Q(visibility__in=self.visibilities) | Q(group_id__in=self.groups)


def readable(visitor: Visitor) -> Readable:
    """Guests see what is public, members more and what is their groups', managers every group's."""
    if not visitor.is_member:
        return Readable([Visibility.PUBLIC.value], [])
    if visitor.is_manager:
        return Readable(list(Visibility.values), [])
    return Readable([Visibility.PUBLIC.value, Visibility.MEMBERS.value], sorted(readable_group_ids(visitor)))


@dataclass(frozen=True)
class Candidates:
    """``ids`` of entries that hold the words; ``more``: types of which there are more than :data:`BOUND`."""

    ids: list[int]
    more: frozenset[str]


def newest_candidates(
    visible: QuerySet[SearchEntry], query: Any, visitor: Visitor, *, best: bool = False
) -> Candidates:
    """The newest :data:`BOUND` of each type among the ``visible``. ``query``: an expression of the database.

    ``best``: of a type with more, those come first that hold it in title or labels, so that they are among them.
    """
    found = _newest(visible, query, visitor)
    crowded = {type for type, ids in found.items() if len(ids) > BOUND}
    if best and crowded:
        first = _newest(visible.filter(type__in=crowded), query, visitor, headings=True)
        for type in crowded:
            found[type] = list(dict.fromkeys([*first.get(type, []), *found[type]]))
    return Candidates([pk for ids in found.values() for pk in ids[:BOUND]], frozenset(crowded))


def headed_candidates(visible: QuerySet[SearchEntry], query: Any, visitor: Visitor, bound: int) -> list[int]:
    """Those that hold it in title or labels, of each type the newest ``bound``."""
    found = _newest(visible, query, visitor, headings=True, bound=bound)
    return [pk for ids in found.values() for pk in ids[:bound]]


def _newest(
    visible: QuerySet[SearchEntry], query: Any, visitor: Visitor, *, headings: bool = False, bound: int | None = None
) -> dict[str, list[int]]:
    rows = visible.filter(one_of(_function(query, visitor, "", bound or BOUND + 1, headings=headings)))
    ids: dict[str, list[int]] = defaultdict(list)
    for pk, type in rows.order_by(F("date").desc(nulls_last=True), "-pk").values_list("pk", "type"):
        ids[type].append(pk)
    return ids


def all_candidates(query: Any, visitor: Visitor, type: str) -> Func:
    """Condition: an entry of this type that holds the words."""
    return one_of(_function(query, visitor, type, None))


def one_of(ids: list[int] | Func) -> Func:
    """Condition: the entry's id is in this array. With ``IN`` the planner would rather read all of the entries."""
    array = Value(ids, ArrayField(BigIntegerField())) if isinstance(ids, list) else ids
    return Func(F("pk"), array, template="%(expressions)s)", arg_joiner=" = ANY (", output_field=BooleanField())


def grant_candidates() -> None:
    """Let the app role ask, whatever it is called here. The reading role has no network: it could only fail."""
    with connection.cursor() as cursor:
        role = connection.ops.quote_name(settings.DATABASE_APP_ROLE)
        cursor.execute(f"GRANT EXECUTE ON FUNCTION search_candidates TO {role}")


def _function(query: Any, visitor: Visitor, type: str, bound: int | None, *, headings: bool = False) -> Func:
    may = readable(visitor)
    return Func(
        query,
        Value(may.visibilities, ArrayField(TextField())),
        Value(may.groups, ArrayField(BigIntegerField())),
        Value(type),
        Value(bound),
        Value(headings),
        function="search_candidates",
        template="ARRAY(SELECT %(function)s(%(expressions)s))",
        output_field=ArrayField(BigIntegerField()),
    )
