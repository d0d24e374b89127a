"""Random requests of two networks share two connections: the database finds the right role and network each time."""

from __future__ import annotations

import http.client
import json
import os
import random
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from django.db import connection
from django.test import Client

from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.database import create_roles
from tests.config.socket_reader import SocketReader, cookies_of
from tests.config.web_process import Answer, WebProcess
from tests.database import other_database, take_network
from tests.factories.forum import make_topic
from tests.factories.people import make_person
from tests.postgres_process import PostgresProcess
from tests.tenancy.watching import copy_of_database, copy_tables, counted, watch

PATHS = (
    *("/", "/forum/", "/ag/", "/katalog/", "/veranstaltungen/", "/konto/", "/suche/?q=Muster", "/benachrichtigungen/"),
    *("/verwaltung/", "/gibt-es-nicht/", "/forum/netzweit/", "/api/v1/search?q=Muster", "/konto/login/", "/cms/"),
)
MISHAPS = ("", "", "", "error", "sql", "end", "slow")
WAYS = ("page", "page", "page", "post", "cancelled", "subscribe", "act")
AT_ONCE = 8
CSRF = "x" * 32


@dataclass(frozen=True)
class Visitor:
    """Somebody in one of the networks; ``person`` is what their pages name, empty for guests."""

    network: BoundNetwork
    cookie: str
    topic: int
    person: str = ""


@pytest.fixture
def visitors(
    django_db_setup: None, django_db_blocker: Any, client_of: Callable[..., Client]
) -> Iterator[list[Visitor]]:
    """Of each network a guest, a member and a manager."""
    with django_db_blocker.unblock():
        found = [visitor for _network in range(2) for visitor in _visitors_of(take_network(), client_of)]
        yield found


def _visitors_of(network: BoundNetwork, client_of: Callable[..., Client]) -> Iterator[Visitor]:
    with bind(network):
        people = [make_person(), make_person(roles=("manager",))]
        topic = make_topic(people[0]).pk
    yield Visitor(network, "", topic)
    for person in people:
        yield Visitor(network, cookies_of(client_of(network, person)), topic, str(person.pk))


class Crowd:
    """Sends requests by chance. ``wrong_pages`` were somebody else's, ``failed`` had no mishap and failed."""

    def __init__(self, web: WebProcess, visitors: list[Visitor], rng: random.Random) -> None:
        self.web = web
        self.visitors = visitors
        self.rng = rng
        self.answers: list[Answer] = []
        self.wrong_pages: list[str] = []
        self.failed: list[str] = []

    def play(self, rounds: int, meanwhile: dict[int, Callable[[], None]]) -> None:
        """``meanwhile``: what happens besides, by the number of the round."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for number in range(rounds):
                running = [pool.submit(self._one, random.Random(self.rng.random())) for _request in range(AT_ONCE)]
                if number in meanwhile:
                    meanwhile[number]()
                for each in running:
                    each.result()

    def _one(self, rng: random.Random) -> None:
        visitor, way, mishap = rng.choice(self.visitors), rng.choice(WAYS), rng.choice(MISHAPS)
        wish = {"X-Mishap": f"{mishap} {rng.randint(1, 12)}"} if mishap else {}
        # While the server's answer is away there is nothing to look at.
        with suppress(OSError, http.client.HTTPException):
            if not getattr(self, f"_{way}")(visitor, wish, rng) and not mishap:
                self.failed.append(way)

    def _page(self, visitor: Visitor, wish: dict[str, str], rng: random.Random) -> bool:
        return self._look_at("GET", rng.choice(PATHS), visitor, wish)

    def _post(self, visitor: Visitor, wish: dict[str, str], rng: random.Random) -> bool:
        csrf = {"Cookie": f"{visitor.cookie}; csrf={CSRF}", "X-CSRFToken": CSRF}
        return self._look_at("POST", "/benachrichtigungen/gelesen/", visitor, wish | csrf)

    def _cancelled(self, visitor: Visitor, wish: dict[str, str], rng: random.Random) -> bool:
        headers = {"Host": visitor.network.host, "Cookie": visitor.cookie, "X-Mishap": f"slow {rng.randint(1, 12)}"}
        client = http.client.HTTPConnection("127.0.0.1", self.web.port, timeout=60)
        client.request("GET", rng.choice(PATHS), headers=headers)
        time.sleep(rng.random() / 5)
        client.close()
        return True

    def _subscribe(self, visitor: Visitor, wish: dict[str, str], rng: random.Random) -> bool:
        return self._is_let_in(visitor, lambda reader: reader.subscribe(**wish))

    def _act(self, visitor: Visitor, wish: dict[str, str], rng: random.Random) -> bool:
        return self._is_let_in(visitor, lambda reader: bool(reader.act("post.mark", **wish)))

    def _is_let_in(self, visitor: Visitor, knock: Callable[[SocketReader], bool]) -> bool:
        """Sockets ask the database together, so another's mishap sends this one away too; its page comes again."""
        return any(knock(self._reader(visitor)) == bool(visitor.person) for _time in range(5))

    def _reader(self, visitor: Visitor) -> SocketReader:
        return SocketReader(self.web.port, visitor.network, visitor.cookie, f"topic:{visitor.topic}")

    def _look_at(self, method: str, path: str, visitor: Visitor, headers: dict[str, str]) -> bool:
        """Whether it is a page and no failure; whose page it is, is looked at here."""
        answer = self.web.ask(method, path, {"Host": visitor.network.host, "Cookie": visitor.cookie, **headers})
        self.answers.append(answer)
        if answer.status == 200 and "<title>" in answer.text and path != "/cms/":
            names_person = not visitor.person or f'data-person="{visitor.person}"' in answer.text
            if f"– {visitor.network.name}</title>" not in answer.text or not names_person:
                self.wrong_pages.append(answer.text)
        return answer.status < 500


def login(url: str) -> str:
    """Name and password of a login, as they stand in its address."""
    return urlsplit(url).netloc.rpartition("@")[0]


@contextmanager
def watched_web(folder: Path, app_url: str, visitors: list[Visitor]) -> Iterator[WebProcess]:
    hosts = json.dumps({visitor.network.host: visitor.network.id for visitor in visitors})
    web = WebProcess(
        folder,
        "tests.tenancy.watched_web:application",
        DATABASE_URL=app_url,
        DATABASE_OPS_URL=app_url.replace(login(app_url), login(os.environ["DATABASE_OPS_URL"])),
        DATABASE_CONNECTIONS="4",
        WATCHED_NETWORKS=hosts,
    )
    try:
        web.start()
        yield web
    finally:
        web.stop()


def check(crowd: Crowd, admin_url: str, rounds: int) -> None:
    with psycopg.connect(admin_url, autocommit=True) as admin:
        assert counted(admin, "wrong") == 0
        assert counted(admin, "right") > rounds * AT_ONCE
    assert crowd.wrong_pages == []
    assert {200, 302, 404, 500} <= {answer.status for answer in crowd.answers}
    assert crowd.web.failures_without_a_reason(crowd.answers) == []


def test_database_finds_role_and_network_of_each_request(
    tmp_path: Path, visitors: list[Visitor], rng: random.Random
) -> None:
    rounds, original = 10, connection.settings_dict["NAME"]
    name = f"{original}_watched"
    app_url, admin_url = (
        other_database(os.environ[variable], name) for variable in ("DATABASE_URL", "DATABASE_ADMIN_URL")
    )
    with copy_of_database(os.environ["DATABASE_ADMIN_URL"], original, name):
        with psycopg.connect(admin_url, autocommit=True) as admin:
            watch(admin)
        with watched_web(tmp_path, app_url, visitors) as web:
            crowd = Crowd(web, visitors, rng)
            crowd.play(rounds, {})
            check(crowd, admin_url, rounds)
        assert crowd.failed == []
        assert sees_a_wrong_network(app_url, admin_url, visitors[0].network.id)


def sees_a_wrong_network(app_url: str, admin_url: str, network: int) -> bool:
    """The counter-proof: a statement that was sent for another network than the session's is counted."""
    with psycopg.connect(app_url) as app, psycopg.connect(admin_url) as admin:
        app.execute("SELECT set_config('dkbm.network', %s, false)", [str(network)])
        role = urlsplit(app_url).username
        app.execute(f"/* {role}:{network} */ SELECT FROM tenancy_membership")
        before = counted(admin, "wrong")
        app.execute(f"/* {role}:{network + 1} */ SELECT FROM tenancy_membership")
        return before == 0 and counted(admin, "wrong") > 0


@pytest.mark.long
def test_database_that_restarts_finds_role_and_network_of_each_request(
    tmp_path: Path, visitors: list[Visitor], rng: random.Random
) -> None:
    rounds = 200
    server = PostgresProcess(tmp_path, 18)
    with ExitStack() as stack:
        stack.callback(server.stop)
        server.start()
        app_url = copy_to(server)
        admin_url = server.url("postgres", urlsplit(app_url).path.lstrip("/"))
        with psycopg.connect(admin_url, autocommit=True) as admin:
            watch(admin)
        crowd = Crowd(stack.enter_context(watched_web(tmp_path, app_url, visitors)), visitors, rng)
        crowd.play(rounds, dict.fromkeys((50, 100, 150), server.restart))
        check(crowd, admin_url, rounds)
        host = visitors[0].network.host
        server.stop()
        assert [crowd.web.status(path, Host=host) for path in ("/", "/gibt-es-nicht/", "/readyz")] == [503] * 3
        server.serve()
        assert [crowd.web.status(path, Host=host) for path in ("/", "/gibt-es-nicht/")] == [200, 404]


def copy_to(server: PostgresProcess) -> str:
    """Roles and test database on another server. Returns the application's login there."""
    name = connection.settings_dict["NAME"]
    there = f"127.0.0.1:{server.port}"
    urls = [
        urlsplit(url)._replace(netloc=f"{login(url)}@{there}", path=f"/{name}").geturl()
        for url in map(os.environ.__getitem__, ("DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_OPS_URL"))
    ]
    create_roles(admin_url=server.url("postgres"), app_url=urls[0], owner_url=urls[1], ops_url=urls[2])
    copy_tables(other_database(os.environ["DATABASE_ADMIN_URL"], name), server.url("postgres", name))
    return urls[0]
