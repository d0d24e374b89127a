"""Many visitors at once do not use up PostgreSQL's connections: each request gives its own back."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection

from dkbm.config.launcher.data_dir import ROOT
from dkbm.config.launcher.ports import free_port
from dkbm.tenancy.database import role_of
from tests.waiting import until

REQUESTS = 60
AT_ONCE = 10


@pytest.fixture
def web(django_db_setup: None, tmp_path: Path) -> Iterator[int]:
    """Port of a web process on the test database, started as `make run` starts it."""
    port = free_port()
    database = connection.settings_dict["NAME"]
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl()
    command = ("-m", "uvicorn", "dkbm.config.asgi:application", "--host", "127.0.0.1", "--port", str(port))
    environment = {
        **os.environ,
        "DATABASE_URL": address,
        "DATABASE_ROLE": "app",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "platform"), str(ROOT))),
    }
    with (tmp_path / "log").open("wb") as log:
        process = subprocess.Popen(
            (sys.executable, *command), cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        until(lambda: _status(port, "/healthz") == 200, 60)
        yield port
    finally:
        process.terminate()
        process.wait()


def _status(port: int, path: str) -> int:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        client.request("GET", path, headers={"Host": "niedersachsen.localhost"})
        return client.getresponse().status
    except OSError:
        return 0
    finally:
        client.close()


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


def test_no_connection_stays_behind_after_many_requests_at_once(web: int) -> None:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        statuses = Counter(pool.map(lambda _: _status(web, "/"), range(REQUESTS)))
    assert statuses == {200: REQUESTS}
    until(lambda: _open_connections() == 0, 10)
