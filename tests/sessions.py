"""PostgreSQL ends what the application has open, as it does when it is restarted."""

from __future__ import annotations

import os

import psycopg
from django.db import connection

from dkbm.tenancy.database import role_of


def end_sessions() -> int:
    """Of the application in the test database; the tests themselves connect as the owner. Returns how many."""
    role, _password, _name = role_of(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"]) as admin:
        ended = admin.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = %s AND datname = %s",
            [role, connection.settings_dict["NAME"]],
        )
        return len(ended.fetchall())
