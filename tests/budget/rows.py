"""How many rows the database fetches for a query, from its own counters: the transaction's tables, before and after."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection

READ = "SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0) FROM pg_stat_xact_user_tables"
"""What row security and conditions throw away has been read too, and counts."""


@dataclass(frozen=True)
class Query:
    sql: str
    rows: int


@contextmanager
def counted_rows() -> Iterator[list[Query]]:
    """The queries of the block. Call it inside a transaction: between two of them the counters are handed over."""
    assert connection.in_atomic_block
    queries: list[Query] = []
    before = _read()

    def count(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        nonlocal before
        result = execute(sql, params, many, context)
        after = _read()
        queries.append(Query(sql, after - before))
        before = after
        return result

    with connection.execute_wrapper(count):
        yield queries


def _read() -> int:
    assert connection.connection is not None
    return int(connection.connection.execute(READ).fetchone()[0])


def plan_as_for_large_tables() -> None:
    """For the rest of the transaction: where an index serves it is used, though the tables of a test are small."""
    with connection.cursor() as cursor:
        for way in ("seqscan", "hashjoin", "mergejoin", "material"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute("DISCARD PLANS")  # those of prepared statements were made before
