"""Times of pages, each round beside the trivial page, so that what else the machine does meets both."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.addresses import Page
from tests.benchmarks.kit.client import Answer, Browser
from tests.benchmarks.kit.servers import Server, product, trivial
from tests.benchmarks.kit.services import Settings, copy_of

MOST_SECONDS = 20
"""So long a page is asked for; a slow one gets fewer samples, but never fewer than ``FEWEST``."""
FEWEST = 3
WARM_UP = 2


@dataclass
class Samples:
    """Seconds of one page: as the client waits for it, and of the server's CPU."""

    waited: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    bytes: int = 0

    def take(self, server: Server, browser: Browser, path: str) -> Answer:
        before = server.cpu_seconds()
        answer = browser.get(path)
        self.cpu.append(server.cpu_seconds() - before)
        self.waited.append(answer.seconds)
        self.bytes = len(answer.body)
        return answer

    @property
    def is_enough(self) -> bool:
        return sum(self.waited) > MOST_SECONDS and len(self.waited) >= FEWEST

    def row(self) -> dict[str, Any]:
        return {
            "median": milliseconds(statistics.median(self.waited)),
            "p95": milliseconds(p95(self.waited)),
            "CPU": milliseconds(statistics.mean(self.cpu)),
            "bytes": self.bytes,
            "samples": len(self.waited),
        }


def milliseconds(seconds: float) -> float:
    return round(seconds * 1000, 2)


def p95(values: list[float]) -> float:
    return sorted(values)[min(int(len(values) * 0.95), len(values) - 1)]


def browsers(port: int, described: Mapping[str, Any]) -> dict[str, Browser]:
    """One for each of the cast, and one for a guest under the empty name."""
    sessions = {name: {described["cookie"]: key} for name, key in described["sessions"].items()}
    return {name: Browser(port, described["host"], cookies) for name, cookies in {"": {}, **sessions}.items()}


Pages = Mapping[int, tuple[Settings, dict[str, Any], list[Page]]]
"""Posts -> settings of the copy, its description, and what is asked for."""


def rows_of(settings: Settings, networks: Pages, samples: int) -> list[dict[str, Any]]:
    """A row for each page and size; the first is the trivial page (size 0). All servers stand side by side."""
    counts = {posts: _counts(*network) for posts, network in networks.items()}
    with ExitStack() as stack:
        beside = stack.enter_context(trivial(settings))
        servers = {posts: stack.enter_context(product(own)) for posts, (own, *_rest) in networks.items()}
        took = _samples(beside, servers, networks, samples)
    floor = took.pop((0, "trivial page")).row()
    rows = [{"page": "trivial page", "posts": 0, "queries": 3, "SQL": None, **floor, "ratio": 1.0}]
    for (posts, name), found in took.items():
        row = {"page": name, "posts": posts, **counts[posts][name], **found.row()}
        rows.append({**row, "ratio": round(row["median"] / floor["median"], 1)})
    return _with_growth(rows)


def _counts(settings: Settings, described: Mapping[str, Any], pages: list[Page]) -> dict[str, dict[str, Any]]:
    """Queries and their milliseconds, from a server of its own."""
    found = {}
    with product(settings, counted=True) as server:
        clients = browsers(server.port, described)
        for page in pages:
            answers = [clients[page.person].get(page.path) for _ in range(WARM_UP + 1)]
            found[page.name] = {"queries": answers[-1].queries, "SQL": round(answers[-1].sql_milliseconds, 1)}
    return found


def _samples(
    beside: Server, servers: Mapping[int, Server], networks: Pages, rounds: int
) -> dict[tuple[int, str], Samples]:
    clients = {posts: browsers(server.port, networks[posts][1]) for posts, server in servers.items()}
    wanted = [(beside, Browser(beside.port), (0, "trivial page"), "/")]
    for posts, (_settings, _described, pages) in networks.items():
        wanted += [(servers[posts], clients[posts][page.person], (posts, page.name), page.path) for page in pages]
    took = {key: Samples() for _server, _browser, key, _path in wanted}
    for _ in range(WARM_UP):
        for _server, browser, _key, path in wanted:
            browser.get(path)
    for _ in range(rounds):
        for server, browser, key, path in wanted:
            if not took[key].is_enough:
                took[key].take(server, browser, path)
    return took


def _with_growth(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """``growth``: how much longer the page of the largest network takes than that of the smallest."""
    sizes = sorted({row["posts"] for row in rows} - {0})
    small = {row["page"]: row["median"] for row in rows if row["posts"] == sizes[0]}
    for row in rows:
        if row["posts"] == sizes[-1] and len(sizes) > 1:
            row["growth"] = round(row["median"] / small[row["page"]], 1)
    return rows


def opened(
    stack: ExitStack, settings: Settings, sizes: Iterable[int], pages: Any
) -> dict[int, tuple[Settings, dict[str, Any], list[Page]]]:
    """Copies of the networks of these sizes; ``pages(described)`` says what is asked for in each."""
    networks = {}
    for posts in sizes:
        own, described = stack.enter_context(copy_of(settings, posts))
        networks[posts] = (own, described, pages(described))
    return networks
