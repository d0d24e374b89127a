"""Many visitors at once do not use up PostgreSQL's connections: each request gives its own back."""

from __future__ import annotations

import os
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
from django.db import connection

from dkbm.tenancy.database import role_of
from tests.config.web_process import WebProcess
from tests.waiting import until

REQUESTS = 60
AT_ONCE = 10


def _open_connections() -> int:
    """Of the app's role to the test database; the tests themselves connect as the owner."""
    role, _password, _name = role_of(os.environ["DATABASE_URL"])
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"]) as admin:
        row = admin.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = %s AND datname = %s",
            [role, connection.settings_dict["NAME"]],
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_no_connection_stays_behind_after_many_requests_at_once(django_db_setup: None, tmp_path: Path) -> None:
    web = WebProcess(tmp_path)
    try:
        web.start()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            statuses = Counter(pool.map(lambda _: web.status("/"), range(REQUESTS)))
        assert statuses == {200: REQUESTS}
        until(lambda: _open_connections() == 0, 10)
    finally:
        web.stop()
