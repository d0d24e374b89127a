"""The rows of a network as digests, table by table, read past all locks."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import connection

from dkbm.tenancy.context import bind_all
from dkbm.tenancy.tables import Kind, all_tables

CHANGES_BY_ITSELF = {"django_session", "django_cache"}
"""Signing in and rate limits write here; sessions of another network are searched for in the reading walk."""


def digests(network_id: int) -> dict[str, str]:
    """Table -> number of rows and digest of everything that the network owns, its people included."""
    found = {}
    with bind_all("compare rows", as_owner=True), connection.cursor() as cursor:
        for table in all_tables():
            if table.name in CHANGES_BY_ITSELF or not (condition := _condition(table.kind, table.column)):
                continue
            cursor.execute(
                f"SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '')"
                f' FROM "{table.name}" t WHERE {condition}',
                [network_id],
            )
            found[table.name] = cursor.fetchone()[0]
    return found


def _condition(kind: Kind, person_column: str) -> str:
    member = "IN (SELECT person_id FROM tenancy_membership WHERE network_id = %s)"
    match kind:
        case Kind.NETWORK | Kind.HIDDEN:
            return "network_id = %s"
        case Kind.NETWORK_ITSELF:
            return "id = %s"
        case Kind.PERSON:
            return f"id {member}"
        case Kind.OF_PERSON:
            return f'"{person_column}" {member}'
    return ""


class RowsTouched:
    """Which tables are written to, from one request to the next; what is taken back counts too."""

    def __init__(self) -> None:
        self._before = self._counted()

    def since_last(self) -> frozenset[str]:
        now = self._counted()
        written = frozenset(changed(self._before, now))
        self._before = now
        return written

    def _counted(self) -> dict[str, int]:
        with bind_all("count writes", as_owner=True, routine=True), connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del AS written FROM pg_stat_xact_user_tables"
                " WHERE n_tup_ins + n_tup_upd + n_tup_del > 0"
            )
            return {name: count for name, count in cursor.fetchall() if name not in CHANGES_BY_ITSELF}


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> set[str]:
    """Names of the tables that differ."""
    return {table for table in before.keys() | after.keys() if before.get(table) != after.get(table)}
