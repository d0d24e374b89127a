"""Two people at the same moment, with real threads and commits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction

from dkbm.accounts.domain import admission
from dkbm.accounts.domain.errors import NotAllowed
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import Role
from dkbm.tenancy.models import Membership
from tests.factories.people import make_person
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


def test_last_two_managers_cannot_both_leave_at_once(committed_network: BoundNetwork) -> None:
    with bind(committed_network):
        one, two = (Membership.objects.get(person=make_person(name, roles=(Role.MANAGER,))) for name in ("Ute", "Uwe"))
    with meanwhile(committed_network, lambda: admission.leave(membership=two)) as second:
        admission.leave(membership=one)
    with pytest.raises(NotAllowed, match="Sie sind die einzige Netzwerkleitung"):
        second.result()
    with bind(committed_network):
        assert Membership.objects.get(roles__contains=[Role.MANAGER]) == two
