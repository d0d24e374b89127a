"""Pytest plugin: a real search server for the tests that need one, started when the first of them runs.

``ELASTICSEARCH_URL`` (with ``SEARCH_FLAVOUR``) may name one; `tests.services` hides it from the settings. Else
OpenSearch is started from what Maven has fetched: all tests that need it run in one process (`tests/scheduling.py`),
which ends it.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from dkbm.launcher.supervisor import guarded
from dkbm.search.domain.feeding import feed_network
from dkbm.search.engines.base import Answer, Asking
from dkbm.search.engines.elastic import ElasticAnswer, ElasticEngine
from dkbm.search.server import indexes
from dkbm.search.server.connection import breaker, client
from tests.architecture.source import ROOT
from tests.java import MISSING, has_java, jars
from tests.services import SEARCH_SERVER
from tests.waiting import until

POM = ROOT / "tests" / "search" / "server" / "pom.xml"
RUNNER = "org.codelibs.opensearch.runner.OpenSearchRunner"
# Little memory, and code that is compiled quickly rather than well.
JVM = ("-Xms512m", "-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Joins no other node on this machine, and works on a full disk.
SETTINGS = "discovery.type: single-node\ncluster.routing.allocation.disk.threshold_enabled: false\n"
MEMORY, ROOM, OLD_SECONDS = Path("/dev/shm"), 1_000_000_000, 24 * 3600
PREFIX = "transfernetz-suchserver-"
FIRST_PORT, LAST_PORT = 9201, 9299
"""The runner takes ports of this range alone."""
WITHOUT = f"Ohne Suchserver ausgelassen. {MISSING}, oder ELASTICSEARCH_URL angeben."


class SearchServer:
    """OpenSearch with its data in ``folder``; it can be killed and started again on the same port and data."""

    flavour = "opensearch"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "log.txt"
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Another program may take the port while Java starts; then it ends, and another port is tried."""
        for _ in range(3):
            self.launch()
            if until(self._is_up_or_over, 180) == "up":
                return
        raise AssertionError(f"The search server does not start:\n{self._log.read_text()[-3000:]}")

    def launch(self) -> None:
        """Begin to start, without waiting for it."""
        config = self._folder / "node_1" / "config"
        config.mkdir(parents=True, exist_ok=True)
        (config / "opensearch.yml").write_text(SETTINGS)
        base = self._port - 1 if self._port else random.randrange(FIRST_PORT - 1, LAST_PORT)
        command = (
            *("java", *JVM, "-cp", f"{jars(POM, 'opensearch')}/*", RUNNER, "-basePath", str(self._folder)),
            *("-numOfNode", "1", "-clusterName", self._folder.name, "-baseHttpPort", str(base)),
        )
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(guarded(command, signal.SIGKILL), stdout=log, stderr=log)

    def kill(self) -> None:
        """As kill -9: what it has not written to the disk is gone."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _is_up_or_over(self) -> str:
        if self._process is None or self._process.poll() is not None:
            return "over"
        said = re.search(r"HTTP Port: +(\d+)", self._log.read_text())
        if said is None:
            return ""
        self._port = int(said[1])
        return "up" if self.is_up() else ""

    def is_up(self) -> bool:
        """All of its indices can be searched."""
        question = f"{self.url}/_cluster/health?wait_for_no_initializing_shards=true&timeout=1s"
        try:
            with urllib.request.urlopen(question, timeout=5) as answer:
                return b'"timed_out":false' in answer.read() and self._folder.name in self._said("")
        except (urllib.error.URLError, OSError):
            return False

    def _said(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.url}/{path}", timeout=5) as answer:
            return str(answer.read(), "utf-8")


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
    with tempfile.TemporaryDirectory(prefix=PREFIX, dir=_quick_folder()) as folder:
        server = SearchServer(Path(folder))
        try:
            server.start()
            yield server
        finally:
            server.kill()


def _quick_folder() -> Path | None:
    """In memory where there is room: the server waits for the disk with each change of an index."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    for left in MEMORY.glob(f"{PREFIX}*"):
        # Of a run that was killed; no run takes a day.
        if time.time() - left.stat().st_mtime > OLD_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    return MEMORY


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
