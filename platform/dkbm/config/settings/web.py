"""Settings of the web process: those of all, and a pool of connections to the database.

Worker, beat and commands have one connection each and need none; what is forked from them must not inherit one.
"""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.postgresql.pool import RECONNECT_SECONDS, pool_options

from . import *  # noqa: F403 - the same names, with another DATABASES
from . import DATABASES as ALL_DATABASES
from . import ENV

_default: dict[str, Any] = {**ALL_DATABASES["default"]}
_default["OPTIONS"] = {
    "connect_timeout": round(RECONNECT_SECONDS),
    **_default.get("OPTIONS", {}),
    "pool": pool_options(ENV.database_connections),
}
DATABASES = {"default": _default}
