"""What writing costs: `PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.writes`

Replies in a topic of twenty posts and in one of two thousand by many writers, new topics, marks of what was read,
registrations. Each is sent as a form; neither opening the form nor the page that follows is counted.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from typing import Any

from tests.benchmarks.kit.client import Answer, Browser
from tests.benchmarks.kit.measuring import browsers, milliseconds, p95
from tests.benchmarks.kit.report import arguments, keep, show
from tests.benchmarks.kit.servers import Server, product
from tests.benchmarks.kit.services import Settings, build_static_files, copy_of, running

OPEN_EVENTS = range(3, 60, 3)
"""Numbers of the events that one can register for; ``data.offers`` makes every third so."""


def writes(described: Mapping[str, Any], clients: Mapping[str, Browser], samples: int) -> Iterator[tuple[str, Answer]]:
    """Name and answer of one form after the other."""
    member = clients["member"]
    for number in range(samples):
        reply = {"text": f"Das sehen wir auch so, Nummer {number}."}
        yield "reply, 20 posts", member.send_form(described["topic"], reply)
        yield "reply, 2,000 posts", member.send_form(described["long topic"], reply)
        topic = {"title": f"Wer kennt Muster {number}?", "text": "Wir suchen eines.", "is_question": "ja"}
        yield "new topic", member.send_form("/forum/netzweit/neu/", topic)
    for number in OPEN_EVENTS[:samples]:
        yield "register for event", member.send_form(f"/veranstaltungen/treffen-{number}/anmelden/", {})
    for person in ("member", "manager", "never"):
        yield f"mark all read, {person}", clients[person].send_form("/forum/", {}, "/forum/-/gelesen/")


def rows_of(settings: Settings, posts: int, samples: int) -> list[dict[str, Any]]:
    """Queries from one copy, times from another one, so that both begin alike."""
    with copy_of(settings, posts) as (own, described), product(own, counted=True) as server:
        counted = dict(writes(described, _warm(server, described), 2))
    with copy_of(settings, posts) as (own, described), product(own) as server:
        took: dict[str, list[float]] = {}
        for name, answer in writes(described, _warm(server, described), samples):
            took.setdefault(name, []).append(answer.seconds)
    return [
        {
            "write": name,
            "posts": posts,
            "queries": counted[name].queries,
            "SQL": counted[name].sql_milliseconds,
            "median": milliseconds(statistics.median(waited)),
            "p95": milliseconds(p95(waited)),
            "samples": len(waited),
        }
        for name, waited in took.items()
    ]


def _warm(server: Server, described: Mapping[str, Any]) -> dict[str, Browser]:
    clients = browsers(server.port, described)
    for path in (described["topic"], "/forum/netzweit/neu/", "/veranstaltungen/treffen-0/anmelden/"):
        clients["manager"].get(path)
    return clients


def main() -> None:
    options = arguments("What writing costs.", samples=15).parse_args()
    with running() as settings:
        build_static_files(settings)
        rows = [row for posts in options.sizes for row in rows_of(settings, posts, options.samples)]
    small = {row["write"]: row["median"] for row in rows if row["posts"] == min(options.sizes)}
    for row in rows:
        row["growth"] = round(row["median"] / small[row["write"]], 1)
    show(rows)
    keep("writes", rows)


if __name__ == "__main__":
    main()
