"""Two steps that overlap, with real threads and commits; use it with ``committed_network``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from dkbm.tenancy.context import BoundNetwork, bind
from tests.waiting import until


def _is_held_up() -> bool:
    """Somebody waits for a row that this connection has locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid)))")
        return bool(cursor.fetchone()[0])


@contextmanager
def meanwhile(network: BoundNetwork, job: Callable[[], Any]) -> Iterator[Future[Any]]:
    """What the block writes is not committed before ``job`` is done in another thread, or waits for it."""

    def run() -> Any:
        try:
            with bind(network):
                return job()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with bind(network), transaction.atomic():
            other: Future[Any] = Future()
            yield other
            running = pool.submit(run)
            until(lambda: running.done() or _is_held_up())
        if error := running.exception():
            other.set_exception(error)
        else:
            other.set_result(running.result())
