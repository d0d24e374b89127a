"""How long a page of results takes with each engine, how quickly the server is filled, and how large its indices are.

`PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.search_engines [--entries 20000]`

Starts services of its own; the search server is the tests' (`ELASTICSEARCH_URL` and `SEARCH_FLAVOUR` name another,
which must be empty). Nine of ten entries are sections of topics of some 9,000 characters; half of all stand in one
network.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from dkbm.launcher.temporary import TemporaryServices
from tests.benchmarks.data.words import text_of, vocabulary
from tests.benchmarks.search_rls import entry, member, milliseconds
from tests.search_process import SearchServer

NETWORKS = 9
PLANTED = {"zwergschule": 0.05, "xylofonklavier": 0.005, "quasselstrippe": 0.0005}
"""Word -> share of the entries that hold it."""
QUERIES = {
    "in 5 %": "Zwergschule",
    "in 0.5 %": "Xylofonklavier",
    "in 0.05 %": "Quasselstrippe",
    "two words": "Zwergschule Xylofonklavier",
    "typing error": "Xylofonklavir",
    "question": "Wer hat Erfahrung mit dem Xylofonklavier in der Zwergschule?",
}


@contextmanager
def services(folder: Path) -> Iterator[None]:
    """PostgreSQL and Redis, and a search server unless one is named."""
    running, server = TemporaryServices(), SearchServer(folder)
    try:
        os.environ.update(running.start(), DATABASE_ROLE="owner", DJANGO_SETTINGS_MODULE="dkbm.config.settings")
        if not os.environ.get("ELASTICSEARCH_URL"):
            server.start()
            os.environ.update(ELASTICSEARCH_URL=server.url, SEARCH_FLAVOUR=server.flavour)
        os.environ["SEARCH_INDEX_PREFIX"] = "benchmark"
        yield
    finally:
        server.kill()
        running.stop()


def fill(number: int, words: list[str]) -> None:
    """Entries of the bound network."""
    from dataclasses import replace

    from django.db import transaction

    from dkbm.search.domain.index import _write

    source = random.Random(number)
    for start in range(0, number, 500):
        batch = []
        for each in range(start, min(start + 500, number)):
            planted = [word for word, share in PLANTED.items() if source.random() < share]
            made = entry(source, words, each)
            batch.append(replace(made, body=f"{' '.join(planted)} {made.body}", title=text_of(source, words, 6)))
        with transaction.atomic():
            _write(batch)


def prepare(entries: int) -> Any:
    """Networks with their entries, then the server's indices, with times. Returns the largest network."""
    from dkbm.cms.domain.networks import create_network
    from dkbm.search.domain.feeding import build_indexes
    from dkbm.search.domain.vocabulary import recount
    from dkbm.search.models import SearchChange
    from dkbm.tenancy.context import bind, bind_all
    from dkbm.tenancy.hosts import network_by_id

    words, networks = vocabulary(), []
    for number in range(NETWORKS):
        with bind_all("benchmark", as_owner=True):
            pk = create_network(slug=f"netz-{number}", name=f"Netz {number}").pk
        networks.append(network_by_id(pk))
        with bind(networks[-1]):  # type: ignore[arg-type]
            fill(entries // 2 if number == 0 else entries // 2 // (NETWORKS - 1), words)
            recount()
            SearchChange.objects.all().delete()
    with bind_all("benchmark", as_owner=True):
        from django.db import connection

        connection.cursor().execute("VACUUM ANALYZE search_searchentry")
    started = time.monotonic()
    number = build_indexes()
    seconds = time.monotonic() - started
    sys.stdout.write(f"{number} entries in {seconds:.1f} s: {number / seconds:.0f} a second; {size()}\n")
    return networks[0]


def size() -> str:
    from django.db import connection

    from dkbm.search.server import indexes
    from dkbm.search.server.connection import client
    from dkbm.tenancy.context import bind_all

    stats = client().indices.stats(index=indexes.aliases(), metric="store")
    with bind_all("benchmark", as_owner=True), connection.cursor() as cursor:
        cursor.execute("SELECT pg_total_relation_size('search_searchentry')")
        rows = cursor.fetchone()[0]
    server = stats["_all"]["total"]["store"]["size_in_bytes"]
    return f"{server / 1e6:.0f} MB on the server, {rows / 1e6:.0f} MB in PostgreSQL"


def page(q: str) -> Callable[[], int]:
    """What a member's page asks, with two values of a facet chosen: numbers, and twenty marked rows."""
    from dkbm.search.domain.queries.entries import find
    from dkbm.search.facets import TAG

    def ask() -> int:
        found = find(q=q, visitor=member(), chosen={TAG: [f"wert-{number}" for number in range(0, 95, 2)]})
        found[0:20]
        assert not found.simple
        return found.facets.total

    return ask


def measure(network: Any) -> None:
    from django.conf import settings

    from dkbm.tenancy.context import bind

    sys.stdout.write(f"{'search':14}{'hits':>8}{'postgres, ms (p95)':>24}{'elasticsearch, ms (p95)':>28}\n")
    with bind(network):
        for name, q in QUERIES.items():
            line = f"{name:14}"
            for engine, width in (("postgres", 24), ("elasticsearch", 28)):
                settings.SEARCH_ENGINE = engine
                ask = page(q)
                line += f"{ask():8}" if engine == "postgres" else ""
                median, p95 = milliseconds(ask)
                line += f"{f'{median:.1f} ({p95:.1f})':>{width}}"
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=20_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, services(Path(folder)):
        import django

        django.setup()
        from django.test.utils import setup_databases, teardown_databases

        from dkbm.tenancy.context import bind_all

        with bind_all("benchmark", as_owner=True):
            config = setup_databases(verbosity=0, interactive=False)
        measure(prepare(options.entries))
        with bind_all("benchmark", as_owner=True):
            teardown_databases(config, verbosity=0)


if __name__ == "__main__":
    main()
