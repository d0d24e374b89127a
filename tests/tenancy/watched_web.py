"""The web process whose statements say in a comment for which role and network they are, as the database shall find it.

The network is the one of the request's host, by a list of the test's own. A request may ask for a mishap at its n-th
statement: ``X-Mishap: end 3``. Started by uvicorn, see ``test_sessions_of_requests``.
"""

from __future__ import annotations

import json
import os
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db.backends.signals import connection_created

from dkbm.config.asgi import application as product
from dkbm.tenancy.context import Everything, current

NETWORKS: dict[str, int] = json.loads(os.environ["WATCHED_NETWORKS"])
MISHAPS = {
    "sql": "SELECT 1 / 0",
    "end": "SELECT pg_terminate_backend(pg_backend_pid())",
    "slow": "SELECT pg_sleep(0.2)",
}


class Mishap:
    """One that is waiting for its statement; ``error`` is none of the database's."""

    def __init__(self, wish: str) -> None:
        self.kind, _, number = wish.partition(" ")
        self.left = int(number or 0)

    def is_due(self) -> bool:
        self.left -= 1
        return self.left == 0


_network: ContextVar[int] = ContextVar("network of the request's host")
_mishap: ContextVar[Mishap] = ContextVar("mishap of the request")


def expected() -> str:
    binding = current()
    if isinstance(binding, Everything):
        return f"{settings.DATABASE_OPS_ROLE}:"
    return f"{settings.DATABASE_APP_ROLE}:{_network.get() if binding else ''}"


def say_whose(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
    if _mishap.get().is_due():
        if _mishap.get().kind == "error":
            raise RuntimeError("mishap")
        execute(MISHAPS[_mishap.get().kind], (), False, context)
    return execute(f"/* {expected()} */ {sql}", params, many, context)


def watch(connection: Any, **kwargs: Any) -> None:
    if say_whose not in connection.execute_wrappers:
        # In front: whoever has installed one takes the last away.
        connection.execute_wrappers.insert(0, say_whose)


connection_created.connect(watch)


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    headers = {name.decode(): value.decode() for name, value in scope.get("headers", ())}
    _network.set(NETWORKS.get(headers.get("host", "").partition(":")[0], -1))
    _mishap.set(Mishap(headers.get("x-mishap", "")))
    await product(scope, receive, send)
