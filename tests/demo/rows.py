"""What stands in all tables, as digests."""

from __future__ import annotations

from typing import Any

from django.db import connection


def rows() -> dict[str, tuple[int, str]]:
    """Number and digest of all rows of every table; needs the owner's binding."""
    with connection.cursor() as cursor:
        return {table: _digest(cursor, table) for table in sorted(connection.introspection.table_names(cursor))}


def _digest(cursor: Any, table: str) -> tuple[int, str]:
    name = connection.ops.quote_name(table)
    cursor.execute(f"SELECT count(*), coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') FROM {name} t")
    count, digest = cursor.fetchone()
    return count, digest
