"""Settings of the web process: those of all, and a pool of connections to the database.

Worker, beat and commands have one connection each and need none; what is forked from them must not inherit one.
"""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.postgresql.pool import RECONNECT_SECONDS, pool_options
from dkbm.tenancy.postgresql.reading import READING

from . import *  # noqa: F403 - the same names, with another DATABASES
from . import DATABASES as ALL_DATABASES
from . import ENV

MOST_READING = 2
"""Connections of the login that reads everything: for hosts that the process does not know yet, and operators."""


def _pooled(database: dict[str, Any], most: int) -> dict[str, Any]:
    options = {**database.get("OPTIONS", {}), "pool": pool_options(most)}
    return {**database, "OPTIONS": {"connect_timeout": round(RECONNECT_SECONDS), **options}}


_reading = MOST_READING if READING in ALL_DATABASES else 0
DATABASES = {
    alias: _pooled(database, MOST_READING if alias == READING else ENV.database_connections - _reading)
    for alias, database in ALL_DATABASES.items()
}
