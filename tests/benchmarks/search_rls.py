"""How long searching takes under row level security: what decision 004 measured.

`PYTHONPATH=platform .venv/bin/python -m tests.benchmarks.search_rls [ROWS ...]`

Starts services of its own, writes ROWS entries into each of two networks, prints milliseconds (median of several runs).
Compared: scanning the bound network's entries, and asking a GIN index through a function with the owner's rights
that takes the network from the session (``search_candidates`` below; not part of the product).
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from dkbm.launcher.temporary import TemporaryServices
from tests.benchmarks.data.words import text_of, vocabulary

RUNS = 9
FUNCTION = """
CREATE INDEX benchmark_gin ON search_searchentry USING gin (document);
CREATE FUNCTION search_candidates(query tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
  SELECT id FROM public.search_searchentry
  WHERE document @@ query AND network_id = current_setting('dkbm.network')::bigint
$$;
GRANT EXECUTE ON FUNCTION search_candidates(tsquery) TO PUBLIC;
"""


def fill(rows: int, words: list[str]) -> None:
    from dkbm.search.domain.index import _write
    from dkbm.search.registry import Entry

    source = random.Random(2)
    for start in range(0, rows, 500):
        _write(
            [
                Entry(
                    type=source.choice(["topic", "topic", "page", "transfergegenstand", "document"]),
                    key=str(number),
                    slug=f"eintrag-{number}",
                    title=text_of(source, words, 6),
                    body=text_of(source, words, source.randint(30, 400)),
                    url=f"/eintrag/{number}/",
                    visibility=source.choice(["public", "members"]),
                    facets=facets(source, words),
                )
                for number in range(start, min(start + 500, rows))
            ]
        )


def facets(source: random.Random, words: list[str]) -> Any:
    """Two of 50 tags and one of 45 municipalities, as entries have them."""
    from dkbm.search.facets import TAG

    labels = {number: f"{words[number]} {words[number + 50]}" for number in source.sample(range(95), 3)}
    return {TAG: [(f"wert-{number}", label) for number, label in labels.items()]}


def milliseconds(work: Callable[[], Any]) -> float:
    work()
    times = []
    for _ in range(RUNS):
        started = time.perf_counter()
        work()
        times.append((time.perf_counter() - started) * 1000)
    return statistics.median(times)


def count(q: str, *, by_function: bool) -> int:
    from django.db import connection

    condition = "id IN (SELECT search_candidates(query))" if by_function else "document @@ query"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM search_searchentry, plainto_tsquery('german', %s) query WHERE {condition}", [q]
        )
        return int(cursor.fetchone()[0])


def whole_page(q: str) -> None:
    """What a member's search page asks: numbers by type and twenty marked rows."""
    from dkbm.accounts.models import Person
    from dkbm.search.domain.queries.entries import find
    from dkbm.tenancy.models import Membership
    from dkbm.tenancy.visitor import Visitor

    person = Person()
    find(q=q, visitor=Visitor(person, Membership(person_id=person.pk, state="active")))[0:20]


def measure(sizes: list[int]) -> None:
    from django.db import connection

    from dkbm.cms.domain.networks import create_network
    from dkbm.tenancy.context import bind, bind_all
    from dkbm.tenancy.hosts import network_by_id

    words = vocabulary()
    queries = {"frequent": words[3], "middling": words[900], "rare": words[-1], "two words": f"{words[40]} {words[90]}"}
    with bind_all("benchmark", as_owner=True), connection.cursor() as cursor:
        cursor.execute(FUNCTION)
    for size in sizes:
        networks = []
        with bind_all("benchmark", as_owner=True):
            for slug in (f"eins-{size}", f"zwei-{size}"):
                networks.append(create_network(slug=slug, name=slug).pk)
        for pk in networks:
            with bind(network_by_id(pk)):  # type: ignore[arg-type]
                fill(size, words)
        with bind_all("benchmark", as_owner=True), connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE search_searchentry")
        with bind(network_by_id(networks[0])):  # type: ignore[arg-type]
            sys.stdout.write(f"\n{size} entries a network, milliseconds\n")
            sys.stdout.write(f"{'search':14}{'hits':>9}{'scan':>9}{'GIN':>9}{'whole page':>13}\n")
            for name, q in queries.items():
                sys.stdout.write(
                    f"{name:14}{count(q, by_function=False):9}"
                    f"{milliseconds(lambda q=q: count(q, by_function=False)):9.1f}"
                    f"{milliseconds(lambda q=q: count(q, by_function=True)):9.1f}"
                    f"{milliseconds(lambda q=q: whole_page(q)):13.1f}\n"
                )


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
        measure([int(number) for number in sys.argv[1:]] or [5_000, 20_000])
        with bind_all("benchmark", as_owner=True):
            teardown_databases(config, verbosity=0)
    finally:
        services.stop()


if __name__ == "__main__":
    main()
