"""Connections that are used again: nothing of the last request is on them, and those that ended are passed over."""

from __future__ import annotations

import os
import re
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import psycopg
import pytest
from django.db import DEFAULT_DB_ALIAS, ProgrammingError, connection

from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.database import role_of
from dkbm.tenancy.postgresql.base import DatabaseWrapper, PoolerInFront
from dkbm.tenancy.postgresql.pool import pool_options
from tests.architecture.source import ROOT

MakeWrapper = Callable[..., DatabaseWrapper]
BACKEND = "SELECT pg_backend_pid()"


@pytest.fixture
def as_app(django_db_setup: None, django_db_blocker: Any) -> Iterator[MakeWrapper]:
    """``as_app(size=0, **settings)``: what a thread of the web process has; those of one test share a pool."""
    login, password, _database = role_of(os.environ["DATABASE_URL"])

    def make(size: int = 0, **settings: Any) -> DatabaseWrapper:
        pool = pool_options(size) if size else None
        own = {"USER": login, "PASSWORD": password, "OPTIONS": {"pool": pool}, **settings}
        made.append(DatabaseWrapper({**connection.settings_dict, **own}, DEFAULT_DB_ALIAS))
        return made[-1]

    made: list[DatabaseWrapper] = []
    with django_db_blocker.unblock():
        yield make
        for wrapper in made:
            wrapper.close()
            wrapper.close_pool()


def ask(wrapper: DatabaseWrapper, statement: str) -> Any:
    with wrapper.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def leave_done(wrapper: DatabaseWrapper, network: BoundNetwork) -> None:
    with bind(network):
        ask(wrapper, "SELECT 1")


def leave_open(wrapper: DatabaseWrapper, network: BoundNetwork) -> None:
    with bind(network):
        wrapper.set_autocommit(False)
        ask(wrapper, "SELECT 1")


def leave_failed(wrapper: DatabaseWrapper, network: BoundNetwork) -> None:
    leave_open(wrapper, network)
    with bind(network), pytest.raises(ProgrammingError):
        ask(wrapper, "SELECT nothing")


@pytest.mark.parametrize("leave", [leave_done, leave_open, leave_failed])
def test_driver_finds_nothing_of_the_last_request(
    as_app: MakeWrapper, committed_network: BoundNetwork, leave: Callable[[DatabaseWrapper, BoundNetwork], None]
) -> None:
    wrapper = as_app(size=1)
    leave(wrapper, committed_network)
    backend = wrapper.connection.info.backend_pid
    wrapper.close()
    with wrapper.pool.connection() as bare:
        found = bare.execute(f"{BACKEND}, session_user = current_user, current_setting('dkbm.network')").fetchone()
    assert found == (backend, True, "")


def test_next_request_gets_a_connection_that_works(as_app: MakeWrapper) -> None:
    wrappers = [as_app(size=3) for _request in range(3)]
    ended = {ask(wrapper, BACKEND)[0] for wrapper in wrappers}
    for wrapper in wrappers:
        wrapper.close()
    with psycopg.connect(os.environ["DATABASE_ADMIN_URL"], autocommit=True) as admin:
        for backend in ended:
            admin.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    found = {ask(wrapper, BACKEND)[0] for wrapper in wrappers}
    assert (len(found), found & ended) == (3, set())


FORK = f"""
import os, django
django.setup()
from django.db import connection

def backend():
    with connection.cursor() as cursor:
        cursor.execute("{BACKEND}")
        return str(cursor.fetchone()[0])

before = backend()
read, write = os.pipe()
child = os.fork()
if child == 0:
    os.write(write, backend().encode())
    connection.close()
    os._exit(0)
os.waitpid(child, 0)
print(before, os.read(read, 100).decode(), backend())
"""


def test_fork_of_an_open_pool_opens_its_own(django_db_setup: None) -> None:
    environment = {
        **os.environ,
        "DATABASE_ROLE": "app",
        "DATABASE_URL": os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{connection.settings_dict['NAME']}",
        "DJANGO_SETTINGS_MODULE": "dkbm.config.settings.web",
        "PYTHONPATH": os.pathsep.join((str(ROOT / "platform"), str(ROOT))),
    }
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORK], env=environment, check=True, capture_output=True, text=True
    )
    before, of_the_child, after = found.stdout.split()
    assert before == after
    assert of_the_child != before


class Pooler(socketserver.BaseRequestHandler):
    """Passes everything on and says, as pgbouncer does, a process number of its own (the message ``K``)."""

    def handle(self) -> None:
        server = connection.settings_dict["HOST"], int(connection.settings_dict["PORT"])
        with socket.create_connection(server) as database:
            threading.Thread(target=self._pass_on, args=(database,)).start()
            while part := database.recv(65536):
                self.request.sendall(re.sub(rb"K\0\0\0\x0c.{4}", b"K\0\0\0\x0c\0\0\0\x07", part, flags=re.DOTALL))

    def _pass_on(self, database: socket.socket) -> None:
        with suppress(OSError):
            while part := self.request.recv(65536):
                database.sendall(part)
            database.shutdown(socket.SHUT_RDWR)


def test_pooler_in_front_is_refused(as_app: MakeWrapper, committed_network: BoundNetwork) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Pooler) as pooler:
        threading.Thread(target=pooler.serve_forever).start()
        wrapper = as_app(HOST="127.0.0.1", PORT=str(pooler.server_address[1]))
        try:
            with bind(committed_network), pytest.raises(PoolerInFront):
                ask(wrapper, "SELECT 1")
        finally:
            wrapper.close()
            pooler.shutdown()
