"""Settings of the web process: those of all, and a pool of connections to the database.

Worker, beat and commands have one connection each and need none; what is forked from them must not inherit one.
"""

from __future__ import annotations

from dkbm.tenancy.postgresql.pool import RECONNECT_SECONDS, pool_options

from . import *  # noqa: F403 - the same names, with another DATABASES
from . import DATABASES as ALL_DATABASES
from . import ENV

DATABASES = {
    alias: {
        **database,
        "OPTIONS": {
            "connect_timeout": round(RECONNECT_SECONDS),
            **database.get("OPTIONS", {}),
            "pool": pool_options(ENV.database_connections),
        },
    }
    for alias, database in ALL_DATABASES.items()
}
