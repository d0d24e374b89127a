"""What live updates cost beside a bare broadcast: `PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.live`

Starts services of its own, then for each number of readers a web process as `make run` starts it and the same with
`bare.py` in it, one after the other. Readers are sockets of another process, signed in as different members of a
group. Prints a table and writes it to build/benchmarks/live.json:

- connect: milliseconds of CPU for one reader, handshake to subscription, in the web process and in the database;
  alone: the same where each comes when the one before has subscribed;
- memory of the web process for one reader; idle: percent of a core with silent readers;
- CPU for one delivery of 1,000 characters, and p50, p95 in milliseconds from sending to Redis until a reader has read
  it; readers and server share the machine, so the CPU of the readers is part of that;
- spread: the same with the readers spread over 50 topics;
- right: until the reader hears that a right has ended; restart: until all are back once the port is open again.
"""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable
from typing import Any

import redis

from dkbm.launcher.temporary import TemporaryServices
from tests.benchmarks.kit.services import in_database
from tests.benchmarks.live.processes import BARE, BUILD, PRODUCT, Clients, Server, database_cpu, raise_limit
from tests.benchmarks.live.readers import message

SIZES = (200, 1000, 4000)
TOPICS = 50
MESSAGES, PAUSE = 50, 0.2
PATIENCE = 120
"""So many seconds after the last message, what has not come counts as lost."""
RIGHTS, RESTARTED = 20, 1000
ALONE = 50
Row = dict[str, Any]


class Run:
    """One server with its readers."""

    def __init__(self, name: str, world: Any, settings: dict[str, str], readers: int) -> None:
        self.world, self.number = world, readers
        self.is_product = name == "product"
        self.redis = redis.Redis.from_url(settings["REDIS_URL"])
        self.server = Server(PRODUCT if self.is_product else BARE, settings)
        self.row: Row = {"server": name, "readers": readers}

    def sockets(self, topics: int) -> list[dict[str, str]]:
        if self.is_product:
            return self.world.sockets(self.number, topics)
        return [{"path": f"/{place % topics}", "cookie": "", "channel": ""} for place in range(self.number)]

    def connect(self, topics: int) -> None:
        """All, a hundred of them under way at any time; before that some, one after the other.

        The first reader of a process pays for its imports and is not counted.
        """
        sockets = self.sockets(topics)
        self._open(sockets[:1], at_once=1).stop()
        used = self._used()
        self._open(sockets[:ALONE], at_once=1).stop()
        self._note("alone", used, ALONE)
        used, memory = self._used(), self.server.memory()
        self.clients = self._open(sockets, at_once=100)
        self._note("connect", used, self.number)
        self.row["memory KB"] = (self.server.memory() - memory) / self.number / 1024

    def _open(self, sockets: list[dict[str, str]], at_once: int) -> Clients:
        clients = Clients()
        host = self.world.network.host
        answer = clients.ask("connect", port=self.server.port, host=host, sockets=sockets, at_once=at_once)
        assert answer["open"] == len(sockets), answer
        time.sleep(0.5)
        return clients

    def _used(self) -> tuple[float, float]:
        """Seconds of CPU of web process and database."""
        return self.server.cpu(), database_cpu()

    def _note(self, what: str, before: tuple[float, float], readers: int) -> None:
        web, database = (1000 * (now - then) / readers for now, then in zip(self._used(), before, strict=True))
        self.row |= {f"{what} ms": web, f"{what} db ms": database}

    def hear(self, topics: int, prefix: str = "") -> None:
        """Messages to each topic in turn; every reader gets those of its own."""
        deliveries = sum(self._readers_of(number % topics, topics) for number in range(MESSAGES))
        server, clients = self.server.cpu(), self.clients.cpu()
        self.clients.order("hear", deliveries=deliveries, seconds=MESSAGES * PAUSE + PATIENCE)
        for number in range(MESSAGES):
            topic = number % topics
            name = self.world.redis_channel(topic) if self.is_product else f"bare:/{topic}"
            self.redis.publish(name, message(f"topic:{self.world.topics[topic]}", number))
            time.sleep(PAUSE)
        heard = self.clients.answer()
        heard["cpu us"] = 1e6 * (self.server.cpu() - server) / deliveries
        heard["reader cpu us"] = 1e6 * (self.clients.cpu() - clients) / deliveries
        self.row |= {prefix + key: value for key, value in heard.items()}

    def _readers_of(self, topic: int, topics: int) -> int:
        return len(range(topic, self.number, topics))

    def idle(self, seconds: float) -> None:
        cpu = self.server.cpu()
        self.clients.ask("wait", seconds=seconds)
        self.row["idle %"] = 100 * (self.server.cpu() - cpu) / seconds

    def lose_rights(self) -> None:
        """One member after the other is taken out of the group; the longest time until they hear of it."""
        from dkbm.tenancy.context import bind
        from dkbm.tenancy.visitor import visitor_of
        from workgroups.domain.members import remove_from_group
        from workgroups.models import GroupMembership

        worst = 0.0
        with bind(self.world.network):
            people = self.world.people[:RIGHTS]
            rows = [GroupMembership.objects.get(workgroup=self.world.group, person_id=person) for person in people]
            for number, row in enumerate(rows):
                self.clients.order("refused", count=number + 1, seconds=90)
                remove_from_group(row=row, reason="Darum.", visitor=visitor_of(self.world.manager))
                done = time.monotonic()
                worst = max(worst, self.clients.answer()["last"] - done)
            # Everybody is needed again.
            GroupMembership.objects.filter(pk__in=[row.pk for row in rows]).update(state="active")
        self.row["right ms"] = 1000 * worst

    def restart(self) -> None:
        self.clients.order("reconnect", seconds=90)
        self.server.stop()
        self.server.start()
        back = time.monotonic()
        answer = self.clients.answer()
        assert answer["open"] == self.number, answer
        self.row["restart s"] = answer["last"] - back


def run(name: str, readers: int, world: Any, settings: dict[str, str], arguments: argparse.Namespace) -> Row:
    """Everything that is measured of one server."""
    with_all = Run(name, world, settings, readers)
    steps: list[Callable[[], None]] = [lambda: with_all.connect(1), lambda: with_all.hear(1)]
    if readers == RESTARTED:
        steps.append(lambda: with_all.idle(arguments.idle))
        if with_all.is_product:
            steps += [with_all.lose_rights, with_all.restart]
    _play(with_all, steps)
    spread = Run(name, world, settings, readers)
    _play(spread, [lambda: spread.connect(TOPICS), lambda: spread.hear(TOPICS, "spread ")])
    return with_all.row | {key: value for key, value in spread.row.items() if key.startswith("spread ")}


def _play(run: Run, steps: list[Callable[[], None]]) -> None:
    run.server.start()
    try:
        for step in steps:
            step()
        run.clients.stop()
    finally:
        run.server.stop()


def table(rows: list[Row]) -> str:
    """A line for each thing measured, a column for each server and number of readers."""
    keys = list(dict.fromkeys(key for row in rows for key in row if key not in {"server", "readers"}))
    lines = [f"{'':18}" + "".join(f"{row['server']:>9}{row['readers']:>6}" for row in rows)]
    for key in keys:
        values = (f"{row[key]:15.2f}" if row.get(key) is not None else f"{'-':>15}" for row in rows)
        lines.append(f"{key:18}" + "".join(values))
    return "\n".join(lines)


def ratios(rows: list[Row]) -> str:
    """What the goals are about: the product beside the bare broadcast of the same run."""
    lines = []
    for product in (row for row in rows if row["server"] == "product"):
        (bare,) = (row for row in rows if row["server"] == "bare" and row["readers"] == product["readers"])
        parts = ", ".join(
            f"{key} {product[key] / bare[key]:.2f} x"
            for key in ("cpu us", "p95", "spread cpu us", "spread p95", "memory KB")
        )
        lines.append(f"{product['readers']} readers, product to bare: {parts}")
    return "\n".join(lines)


def measure(settings: dict[str, str], arguments: argparse.Namespace) -> None:
    from tests.benchmarks.live.world import make_world

    world = make_world(max(arguments.sizes), TOPICS)
    rows = []
    for readers in arguments.sizes:
        for name in arguments.servers:
            rows.append(run(name, readers, world, settings, arguments))
            print(json.dumps(rows[-1]), flush=True)
    print(table(rows))
    if len(arguments.servers) == 2:
        print(ratios(rows))
    (BUILD / "live.json").write_text(json.dumps(rows, indent=1))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--servers", nargs="+", default=["bare", "product"], choices=["bare", "product"])
    parser.add_argument("--idle", type=float, default=60.0, help="seconds of silence; rights are looked at in a minute")
    arguments = parser.parse_args()
    raise_limit()
    BUILD.mkdir(parents=True, exist_ok=True)
    services = TemporaryServices()
    try:
        settings = services.start()
        os.environ.update(settings, DATABASE_ROLE="owner", DJANGO_SETTINGS_MODULE="dkbm.config.settings")
        import django

        django.setup()
        from django.db import connection

        from dkbm.tenancy.context import bind_all
        from tests.database import use_test_database

        with bind_all("benchmark", as_owner=True), use_test_database(keep=False):
            measure(in_database(settings, connection.settings_dict["NAME"]), arguments)
    finally:
        services.stop()


if __name__ == "__main__":
    main()
