"""How long searching takes under row level security: what decision 004 rests on.

`PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.search_rls [ROWS ...]`

Starts services of its own, writes ROWS entries into a network and as many into a second one, prints milliseconds.
Compared: scanning the bound network's entries, and what the product does, asking a GIN index through a function with
the owner's rights (`search_candidates`); then a whole page of `/suche/`. Topics are as long as 32 posts of 50 words.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from dkbm.launcher.temporary import TemporaryServices
from tests.benchmarks.data.words import text_of, vocabulary

RUNS = 40
FIRST_DAY = datetime(2026, 1, 1, tzinfo=UTC)
LONGEST_TOPIC, LONGEST = 1600, 400
"""Words of an entry; half of that on average."""


def fill(rows: int, words: list[str]) -> None:
    from dkbm.search.domain.index import _write

    source = random.Random(2)
    for start in range(0, rows, 500):
        _write([entry(source, words, number) for number in range(start, min(start + 500, rows))])


def entry(source: random.Random, words: list[str], number: int) -> Any:
    """Nine of ten are topics, as in a network with a large forum."""
    from dkbm.search.registry import Entry

    kind = source.choice(["topic"] * 9 + ["transfergegenstand"])
    return Entry(
        type=kind,
        key=str(number),
        slug=f"eintrag-{number}",
        title=text_of(source, words, 6),
        body=text_of(source, words, source.randint(30, LONGEST_TOPIC if kind == "topic" else LONGEST)),
        url=f"/eintrag/{number}/",
        visibility=source.choice(["public", "members"]),
        date=FIRST_DAY + timedelta(minutes=number),
        facets=facets(source, words),
    )


def facets(source: random.Random, words: list[str]) -> Any:
    """Two of 50 tags and one of 45 municipalities, as entries have them."""
    from dkbm.search.facets import TAG

    labels = {number: f"{words[number]} {words[number + 50]}" for number in source.sample(range(95), 3)}
    return {TAG: [(f"wert-{number}", label) for number, label in labels.items()]}


def milliseconds(work: Callable[[], Any]) -> tuple[float, float]:
    """Median and 95th percentile of several runs."""
    work()
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def scan(q: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_searchentry WHERE document @@ plainto_tsquery('german', %s)", [q])
        return int(cursor.fetchone()[0])


def candidates(q: str) -> None:
    from dkbm.search.domain.queries.candidates import newest_candidates
    from dkbm.search.domain.queries.understanding import understand
    from dkbm.search.engines.postgres import query_of
    from dkbm.search.engines.postgres_queries import all_of
    from dkbm.search.models import SearchEntry

    question = understand(q)
    assert question is not None
    newest_candidates(SearchEntry.objects.all(), query_of(all_of(question)), member())


def whole_page(q: str) -> None:
    """What a member's search page asks: numbers by type and twenty marked rows."""
    from dkbm.search.domain.queries.entries import find

    find(q=q, visitor=member())[0:20]


def member() -> Any:
    from dkbm.accounts.models import Person
    from dkbm.tenancy.models import Membership
    from dkbm.tenancy.visitor import Visitor

    person = Person()
    return Visitor(person, Membership(person_id=person.pk, state="active"))


def measure(sizes: list[int]) -> None:
    from django.db import connection

    from dkbm.cms.domain.networks import create_network
    from dkbm.tenancy.context import bind, bind_all
    from dkbm.tenancy.hosts import network_by_id

    words = vocabulary()
    for size in sizes:
        for slug in (f"eins-{size}", f"zwei-{size}"):
            with bind_all("benchmark", as_owner=True):
                pk = create_network(slug=slug, name=slug).pk
            with bind(network_by_id(pk)):  # type: ignore[arg-type]
                fill(size, words)
            with bind_all("benchmark", as_owner=True), connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE search_searchentry")
            with bind(network_by_id(pk)):  # type: ignore[arg-type]
                show(size, slug, words)


def show(size: int, slug: str, words: list[str]) -> None:
    queries = {"frequent": words[3], "middling": words[900], "rare": words[-1], "two words": f"{words[40]} {words[90]}"}
    sys.stdout.write(f"\n{slug}: {size} entries, milliseconds (p95)\n")
    sys.stdout.write(f"{'search':14}{'hits':>9}{'scan':>18}{'candidates':>18}{'whole page':>18}\n")
    for name, q in queries.items():
        sys.stdout.write(f"{name:14}{scan(q):9}")
        for work in (scan, candidates, whole_page):
            median, p95 = milliseconds(partial(work, q))
            sys.stdout.write(f"{f'{median:.1f} ({p95:.1f})':>18}")
        sys.stdout.write("\n")
    sys.stdout.flush()


def main() -> None:
    services = TemporaryServices()
    try:
        os.environ.update(services.start(), DATABASE_ROLE="owner", DJANGO_SETTINGS_MODULE="dkbm.config.settings")
        import django

        django.setup()
        from django.test.utils import setup_databases, teardown_databases

        from dkbm.tenancy.context import bind_all

        with bind_all("benchmark", as_owner=True):
            config = setup_databases(verbosity=0, interactive=False)
        measure([int(number) for number in sys.argv[1:]] or [5_000, 25_000])
        with bind_all("benchmark", as_owner=True):
            teardown_databases(config, verbosity=0)
    finally:
        services.stop()


if __name__ == "__main__":
    main()
