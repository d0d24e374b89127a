"""The search server dies: nothing is lost, PostgreSQL searches meanwhile and says so."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from dkbm.search.domain.feeding import mend_network
from dkbm.search.domain.index import remove_object
from dkbm.search.domain.queries.entries import find
from dkbm.search.facets import TAG
from dkbm.search.models import SearchChange
from dkbm.search.server import connection as server_connection
from dkbm.search.server.connection import breaker
from dkbm.search.tasks import feed_network, sweep_changes
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import guest
from tests.factories.catalogue import make_entry
from tests.search_process import SearchServer
from tests.search_server import GivenServer, point_to
from tests.waiting import until

CHANGES = 500
NOTE = "Die Suche läuft gerade in einfacher Form"


@contextmanager
def worker(network: BoundNetwork) -> Iterator[None]:
    """Feeds the server as a worker does, in a thread and with a connection of its own."""
    over = threading.Event()

    def work() -> None:
        with bind(network):
            while not over.wait(0.1):
                feed_network()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def change(number: int) -> None:
    """An entry is written; every tenth is changed again, and every tenth taken out."""
    make_entry(f"Kita {number}", key=str(number))
    if number % 10 == 1:
        make_entry(f"Kita {number} anders", key=str(number))
    if number % 10 == 2:
        remove_object(type="topic", key=str(number))


def test_server_killed_amid_changes_is_complete_within_a_minute(
    own_search_server: SearchServer, committed_network: BoundNetwork, client_of: Callable[..., Client], settings: Any
) -> None:
    point_to(settings, own_search_server)
    client = client_of(committed_network)
    with bind(committed_network):
        mend_network()
    with bind(committed_network), worker(committed_network):
        for number in range(CHANGES):
            change(number)
            if number == CHANGES // 2:
                until(lambda: SearchChange.objects.count() < 50)
                own_search_server.kill()
    with bind(committed_network):
        assert SearchChange.objects.count() > CHANGES // 3
    page = client.get("/suche/?q=kita").text
    assert NOTE in page
    assert "450 Treffer" in page
    own_search_server.start()
    point_to(settings, own_search_server)
    back = time.monotonic()
    sweep_changes()
    with bind(committed_network):
        assert SearchChange.objects.count() == 0
        assert time.monotonic() < back + 60
        assert mend_network() == {}
    page = client.get("/suche/?q=kita").text
    assert NOTE not in page
    assert "450 Treffer" in page


def test_server_that_is_behind_is_not_asked(
    in_niedersachsen: BoundNetwork, search_server: SearchServer | GivenServer, settings: Any
) -> None:
    point_to(settings, search_server)
    make_entry("Kita")
    assert not find(q="kita", visitor=guest()).simple
    SearchChange.objects.update(since=timezone.now() - timedelta(minutes=2))
    assert find(q="kita", visitor=guest()).simple
    SearchChange.objects.all().delete()
    assert not find(q="kita", visitor=guest()).simple


def test_what_was_closed_is_not_counted_before_the_server_hears_of_it(
    in_niedersachsen: BoundNetwork, search_server: SearchServer | GivenServer, settings: Any
) -> None:
    point_to(settings, search_server)
    tag = {TAG: [("x", "Xylotag")]}
    make_entry("Xylothek", key="1", facets=tag)
    make_entry("Xylothek", key="1", type="event")
    feed_network()
    assert find(q="xylothek", visitor=guest()).counts == {"topic": 1, "event": 1}
    make_entry("Xylothek", key="1", facets=tag, visibility="group", group_id=7)
    found = find(q="xylothek", visitor=guest())
    assert (found.simple, found.counts, found.facets.of(TAG)) == (False, {"event": 1}, [])
    feed_network()
    assert find(q="xylothek", visitor=guest()).counts == {"event": 1}
    for type in ("topic", "event"):
        remove_object(type=type, key="1")
    feed_network()


@pytest.mark.usefixtures("in_niedersachsen")
def test_server_that_is_slow_is_asked_once_in_a_while(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the connection and says nothing."""
    monkeypatch.setattr(server_connection, "SEARCH_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.SEARCH_ENGINE = "elasticsearch"
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{silent.getsockname()[1]}"
        breaker.worked()
        took = []
        for _ in range(3):
            start = time.monotonic()
            assert find(q="kita", visitor=guest()).simple
            took.append(time.monotonic() - start)
    assert took[0] > 0.5
    assert max(took[1:]) < 0.5
    breaker.worked()
