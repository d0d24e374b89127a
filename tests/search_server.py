"""Pytest plugin: a real search server for the tests that need one, started when the first of them runs.

``ELASTICSEARCH_URL`` (with ``SEARCH_FLAVOUR``) may name one; `tests.services` hides it from the settings. Else
OpenSearch is started from what Maven has fetched: all tests that need it run in one process (`tests/scheduling.py`),
which ends it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dkbm.search.domain.feeding import feed_network
from dkbm.search.engines.base import Answer, Asking
from dkbm.search.engines.elastic import ElasticAnswer, ElasticEngine
from dkbm.search.server import indexes
from dkbm.search.server.connection import breaker, client
from tests.java import MISSING, has_java
from tests.search_process import PREFIX, SearchServer, quick_folder
from tests.services import SEARCH_SERVER

WITHOUT = f"Ohne Suchserver ausgelassen. {MISSING}, oder ELASTICSEARCH_URL angeben."


class GivenServer:
    """One that somebody else runs: never killed."""

    def __init__(self, url: str, flavour: str) -> None:
        self.url = url
        self.flavour = flavour


@pytest.fixture(scope="session")
def own_search_server() -> Iterator[SearchServer]:
    """One that may be killed."""
    if not has_java():
        pytest.skip(WITHOUT)
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=quick_folder()) as folder:
        server = SearchServer(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.kill()


@pytest.fixture(scope="session")
def search_server(request: pytest.FixtureRequest) -> SearchServer | GivenServer:
    """The one whose address is given, else a started one."""
    if url := os.environ.get(SEARCH_SERVER["ELASTICSEARCH_URL"]):
        return GivenServer(url, os.environ.get(SEARCH_SERVER["SEARCH_FLAVOUR"]) or "elasticsearch")
    started: SearchServer = request.getfixturevalue("own_search_server")
    return started


@pytest.fixture
def on_search_server(
    search_server: SearchServer | GivenServer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """The product searches there, in indices of the tests' own, empty at first. A search waits for what was written."""
    point_to(settings, search_server)
    monkeypatch.setattr(ElasticEngine, "answer", _patient(ElasticEngine.answer))
    yield
    refresh()
    everything = {"match_all": {}}
    client().delete_by_query(index=indexes.aliases(), query=everything, conflicts="proceed", refresh=True)


def point_to(settings: Any, server: SearchServer | GivenServer) -> None:
    """Indices stay from test to test: making them takes seconds."""
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = server.url
    settings.SEARCH_FLAVOUR = server.flavour
    settings.SEARCH_INDEX_PREFIX = "tests"
    breaker.worked()
    if not indexes.is_complete(client()):
        indexes.switch(client(), indexes.create(client()))


def refresh() -> None:
    """What was written can be found from now on; by itself the server takes a second."""
    client().indices.refresh(index=indexes.aliases())


def _patient(answer: Callable[[ElasticEngine, Asking], Answer]) -> Callable[[ElasticEngine, Asking], Answer]:
    def feed_and_answer(engine: ElasticEngine, asking: Asking) -> Answer:
        if feed_network():
            refresh()
        found = answer(engine, asking)
        assert isinstance(found, ElasticAnswer), "PostgreSQL had to stand in"
        return found

    return feed_and_answer


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Said plainly, for skipped tests are but a number in the last line."""
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if WITHOUT in str(report.longrepr)]
    if skipped:
        terminalreporter.write_line(f"{len(skipped)} Tests: {WITHOUT}", yellow=True)
