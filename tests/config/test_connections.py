"""Many visitors at once, a full pool, a database that ends sessions: each request gives its connection back."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from django.test import Client

from dkbm.tenancy.context import BoundNetwork, bind
from tests.config.socket_reader import SocketReader, cookies_of
from tests.config.web_process import WebProcess
from tests.factories.forum import make_topic
from tests.factories.people import make_person
from tests.sessions import end_sessions
from tests.waiting import until

MOST, READING = 4, 2
"""For pages, and of the login that looks up hosts."""
MISSING, FORBIDDEN = "/gibt-es-nicht/", "/forum/netzweit/"


def database_url(variable: str) -> str:
    """The login of the variable, to the test database."""
    return urlsplit(os.environ[variable])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()


def waiting_for_locks() -> int:
    with psycopg.connect(database_url("DATABASE_ADMIN_URL")) as admin:
        found = admin.execute(
            "SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())"
        ).fetchone()
    assert found
    return int(found[0])


@pytest.fixture(scope="module")
def web(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebProcess]:
    process = WebProcess(tmp_path_factory.mktemp("web"), DATABASE_CONNECTIONS=str(MOST + READING))
    try:
        process.start()
        yield process
    finally:
        process.stop()


@pytest.mark.parametrize("requests", [80, pytest.param(500, marks=pytest.mark.long)])
def test_error_pages_at_once_leave_the_pool_whole(web: WebProcess, requests: int) -> None:
    asked = [(MISSING, FORBIDDEN)[number % 2] for number in range(requests)]
    with ThreadPoolExecutor(requests) as visitors:
        answers = list(visitors.map(web.get, asked))
    assert {answer.status for answer in answers} - {503} == {403, 404}
    assert web.failures_without_a_reason(answers) == []
    assert web.status("/") == 200
    until(web.has_all_connections)


def test_full_pool_says_so_within_seconds_and_is_there_again(web: WebProcess) -> None:
    with psycopg.connect(database_url("DATABASE_ADMIN_URL")) as owner, ThreadPoolExecutor(MOST + 1) as visitors:
        # One of them is asked for first, as the process remembers hosts for a minute.
        owner.execute("LOCK TABLE tenancy_networkhost, basepage_basepage IN ACCESS EXCLUSIVE MODE")
        held_up = [visitors.submit(web.get, "/") for _connection in range(MOST)]
        until(lambda: waiting_for_locks() == MOST)
        refused = web.get("/")
        owner.rollback()
        assert [page.result().status for page in held_up] == [200] * MOST
    assert (refused.status, refused.headers["retry-after"]) == (503, "10")
    assert "Im Moment können wir Ihnen diese Seite nicht zeigen" in refused.text
    assert refused.request_id in refused.text
    assert web.failures_without_a_reason([refused]) == []
    assert web.status("/") == 200


def test_ended_sessions_are_nobodys_error(web: WebProcess) -> None:
    """Between two requests: also where it is the error page that needs the database."""
    found = []
    for path in ("/", MISSING, FORBIDDEN, "/readyz"):
        web.status("/")
        assert end_sessions() > 0
        found.append(web.status(path))
    assert found == [200, 404, 403, 200]


def test_sessions_that_end_under_requests_leave_the_pool_whole(
    web: WebProcess, committed_network: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(committed_network):
        author = make_person()
        topic = make_topic(author)
    cookie = cookies_of(client_of(committed_network, author))
    reader = SocketReader(web.port, committed_network, cookie, f"topic:{topic.pk}")
    over, answers = threading.Event(), []

    def ask(path: str) -> None:
        while not over.is_set():
            answers.append(web.get(path))

    def listen() -> None:
        while not over.is_set():
            reader.subscribe()

    with ThreadPoolExecutor(8) as visitors:
        running = [visitors.submit(ask, path) for path in ("/", MISSING, FORBIDDEN) * 2]
        running += [visitors.submit(listen) for _reader in range(2)]
        until(lambda: len(answers) > 20)
        for _time in range(10):
            until(end_sessions)
        over.set()
        for each in running:
            each.result()
    assert web.failures_without_a_reason(answers) == []
    assert [web.status(path) for path in ("/", MISSING, FORBIDDEN)] == [200, 404, 403]
    assert reader.subscribe()
    until(web.has_all_connections)
