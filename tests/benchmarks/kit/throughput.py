"""Pages a second when several clients ask at once."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

from tests.benchmarks.addresses import Page
from tests.benchmarks.kit.client import Browser
from tests.benchmarks.kit.measuring import milliseconds, p95
from tests.benchmarks.kit.servers import Server, product, trivial
from tests.benchmarks.kit.services import Settings

CLIENTS = (1, 8, 32)
PROCESSES = (1, 2)
SECONDS = 8.0
WARM_UP_SECONDS = 2.0


def rows_of(
    settings: Settings, own: Settings, described: Mapping[str, Any], pages: list[Page]
) -> Iterator[dict[str, Any]]:
    """A row for each page, number of processes and of clients; the trivial page first. ``own``: of the network."""

    def visitor(page: Page, port: int) -> Browser:
        cookies = {described["cookie"]: described["sessions"][page.person]} if page.person else {}
        return Browser(port, described["host"], cookies)

    for processes in PROCESSES:
        yield from _measured("trivial page", "/", processes, trivial(settings, processes=processes), Browser)
        for page in pages:
            server = product(own, processes=processes)
            yield from _measured(page.name, page.path, processes, server, partial(visitor, page))


def _measured(
    name: str,
    path: str,
    processes: int,
    server: AbstractContextManager[Server],
    browser: Callable[[int], Browser],
) -> Iterator[dict[str, Any]]:
    with server as running:
        _ask(running.port, path, 4, WARM_UP_SECONDS, browser)
        for clients in CLIENTS:
            started = time.monotonic()
            waited = _ask(running.port, path, clients, SECONDS, browser)
            took = time.monotonic() - started  # the last answers come after the bell
            yield {
                "page": name,
                "processes": processes,
                "clients": clients,
                "pages a second": round(len(waited) / took, 1),
                "p95": milliseconds(p95(waited)),
            }


def _ask(port: int, path: str, clients: int, seconds: float, browser: Callable[[int], Browser]) -> list[float]:
    """What each answer took, of all clients."""
    waited: list[float] = []
    end = time.monotonic() + seconds

    def ask() -> None:
        own = browser(port)
        while time.monotonic() < end:
            waited.append(own.get(path).seconds)

    threads = [threading.Thread(target=ask) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return waited
