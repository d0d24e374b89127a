"""A network that is measured, made three times as large, and measured again."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from dkbm.search.domain.index import rebuild_index
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from forum.domain.spaces import network_space
from tests.benchmarks.addresses import Page, pages
from tests.benchmarks.data.groups import add_groups, join
from tests.benchmarks.data.network import Cast, describe
from tests.benchmarks.data.offers import add_events, add_items, add_vocabulary
from tests.benchmarks.data.people import add_members, add_municipalities, make_manager
from tests.benchmarks.data.reading import write_read_marks
from tests.benchmarks.data.threads import Threads
from tests.benchmarks.data.words import Texts
from tests.budget.rows import Query, counted_rows, plan_as_for_large_tables
from tests.database import take_network

MEMBERS, ITEMS, EVENTS = 40, 4, 3
POSTS, LONG, SIZES = 500, 60, (1, 1, 1, 1, 1, 1, 1, 2, 2, 20)
"""Enough topics that the pages of their lists are full at both sizes."""
YEAR = timedelta(days=365)

Readings = Mapping[str, list[Query]]
"""Page -> its queries."""


def readings_at_both_sizes() -> tuple[Readings, Readings]:
    """Call it inside a transaction that is rolled back."""
    network = take_network()
    with bind_all("vocabulary of the budget", as_owner=True):
        add_municipalities(10)
        add_vocabulary()
    with bind(network):
        scene = Scene(network)
        scene.add(1)
        scene.readings()  # what is kept in memory is in it from here on
        small = scene.readings()
        scene.add(2)
        return small, scene.readings()


class Scene:
    """Of members, groups, examples and events there are some hundreds, and here as many at both sizes. Posts grow."""

    def __init__(self, network: BoundNetwork) -> None:
        self._network = network
        self._texts = Texts(random.Random(2), parts=100)
        self._begin = timezone.now() - 2 * YEAR
        people = add_members(MEMBERS, since=self._begin, source=random.Random(6))
        self._cast = Cast(*people[:3])
        make_manager(self._cast.manager)
        rooms = add_groups(3, 1, size=10, people=people[3:], since=self._begin, texts=self._texts)
        for space, _members in rooms[:2]:
            join(space.workgroup, list(vars(self._cast).values()), self._begin)  # type: ignore[arg-type]
        add_items(ITEMS, self._texts)
        add_events(EVENTS, people, self._texts)
        self._rooms = [(network_space(), people), *rooms]
        self._same: dict[str, Any] = {}

    def add(self, times: int) -> None:
        """So many times the ordinary number of posts on top."""
        threads = Threads(self._rooms, self._texts, since=self._begin + YEAR, until=timezone.now(), sizes=SIZES)
        threads.add(POSTS * times, long=LONG)
        before = timezone.now() - timedelta(days=30)
        write_read_marks(regular=self._cast.member, never=self._cast.never, before=before)
        rebuild_index()
        with bind_all("statistics of the budget", as_owner=True), connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def readings(self) -> Readings:
        """The topics that are read are those of the first time."""
        described = describe(self._network, self._cast, long=LONG)
        described["words"]["two words"] = described["words"]["frequent"]  # is found at both sizes
        self._same = self._same or {name: described[name] for name in ("topic", "long topic")}
        plan_as_for_large_tables()
        return {page.name: self._read(page, described) for page in pages({**described, **self._same})}

    def _read(self, page: Page, described: Mapping[str, Any]) -> list[Query]:
        """Of one visit, which leaves no trace."""
        client = Client(headers={"host": self._network.host})
        if page.person:
            client.cookies[described["cookie"]] = described["sessions"][page.person]
        with transaction.atomic(), counted_rows() as queries:
            assert client.get(page.path).status_code == 200, page
            transaction.set_rollback(True)
        return queries
