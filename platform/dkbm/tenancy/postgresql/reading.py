"""Reading across networks has a login of its own, where the process was given one (``DATABASE_OPS_URL``).

The login of the application cannot become it: a statement that somebody gets into a page reads one network's rows.
"""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.context import Everything, current

READING = "reading"
"""Its alias in ``DATABASES``."""


class ReadingRouter:
    """What is asked with everything bound goes to the login that may read it, and to no other."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        return READING if isinstance(current(), Everything) else None

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == READING else None
