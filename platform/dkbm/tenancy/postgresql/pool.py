"""The web process keeps connections for the next request; nothing of the last one may stay on them.

Plain psycopg, no Django: settings name it.
"""

from __future__ import annotations

from typing import Any

import psycopg

WAIT_SECONDS = 5.0
"""So long does a request wait for a connection; then its visitor reads that the house is full (503)."""
RECONNECT_SECONDS = 3.0
"""An attempt to connect ends before those who wait give up: the first request after a restart of the database gets
its page, and never the pause of an attempt that began long ago."""


def pool_options(size: int) -> dict[str, Any]:
    """Django's ``OPTIONS["pool"]`` for at most ``size`` connections; the first one is opened by the first query."""
    return {
        "min_size": 1,
        "max_size": size,
        "timeout": WAIT_SECONDS,
        "reconnect_timeout": RECONNECT_SECONDS,
        "reset": take_off_network,
    }


def take_off_network(connection: psycopg.Connection) -> None:
    """Role and network as at the sign-in: the login itself, and no network. What was open is rolled back by then."""
    connection.autocommit = True
    connection.execute("SELECT set_config('role', 'none', false), set_config('dkbm.network', '', false)")


def is_alive(connection: psycopg.Connection) -> bool:
    """Whether the database still answers on it. One empty statement."""
    try:
        connection.execute("")
    except psycopg.OperationalError:
        return False
    return True
