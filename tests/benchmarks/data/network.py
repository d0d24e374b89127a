"""The network that the benchmarks measure, and the addresses that they ask for."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.cms.domain.networks import create_network
from dkbm.search.domain.index import rebuild_index
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.hosts import network_for_host
from forum.domain.queries.lists import Place
from forum.domain.spaces import network_space
from forum.enums import TOPICS_PER_PAGE
from forum.models import Post, Space, Topic
from tests.benchmarks.data.groups import add_groups, join, known_rooms
from tests.benchmarks.data.offers import add_events, add_items, add_vocabulary
from tests.benchmarks.data.people import add_members, add_municipalities, make_manager
from tests.benchmarks.data.reading import write_read_marks
from tests.benchmarks.data.threads import LONG, Threads
from tests.benchmarks.data.words import Texts, searches

SLUG = "benchmark"
YEARS = timedelta(days=5 * 365)
NEWS = 200
"""The latest posts, which nobody has read."""


MEMBERS, WORKGROUPS, SUBGROUPS, GROUP_SIZE = 400, 30, 10, 30
ITEMS, EVENTS = 200, 60


@dataclass(frozen=True)
class Cast:
    """Who is measured: one who has read everything but the latest, one who never reads, a manager."""

    member: Person
    never: Person
    manager: Person


def found() -> None:
    """A network with people, groups, examples and events, but with an empty forum. Call it with the owner's login."""
    with bind_all("benchmark", as_owner=True):
        create_network(slug=SLUG, name="Transferagentur Benchmark")
        add_municipalities(90)
        add_vocabulary()
    texts = Texts(random.Random(2))
    with bind(_network()):
        people = add_members(MEMBERS, since=_begin(), source=random.Random(6))
        cast = Cast(*people[:3])
        make_manager(cast.manager)
        rooms = add_groups(WORKGROUPS, SUBGROUPS, size=GROUP_SIZE, people=people[3:], since=_begin(), texts=texts)
        for space, _members in rooms:
            # The measured people are in the same five AGs and their sub-groups.
            if space.workgroup and space.workgroup.ag.number in range(1, 6):
                join(space.workgroup, list(vars(cast).values()), _begin())
        add_items(ITEMS, texts)
        add_events(EVENTS, people[3:], texts)


def fill(posts: int) -> dict[str, Any]:
    """Write a forum of so many posts into the network of :func:`found`. Returns what :func:`describe` says of it."""
    network = _network()
    with bind(network):
        people = list(Person.objects.order_by("pk").filter(profiles__isnull=False))
        cast = Cast(*(Person.objects.get(email__startswith=f"person-{number}@") for number in range(3)))
        rooms = [(network_space(), people), *known_rooms()]
        Threads(rooms, Texts(random.Random(2)), since=_begin(), until=timezone.now()).add(posts)
        _as_owner("ANALYZE")  # what follows reads what was written
        news = Post.objects.order_by("-created").values_list("created", flat=True)[NEWS]
        write_read_marks(regular=cast.member, never=cast.never, before=news)
        rebuild_index()
        described = describe(network, cast)
    _as_owner("VACUUM ANALYZE")
    return described


def _network() -> BoundNetwork:
    network = network_for_host(f"{SLUG}.localhost")
    assert network is not None
    return network


def _begin() -> datetime:
    return timezone.now() - YEARS


def _as_owner(statement: str) -> None:
    with bind_all("benchmark", as_owner=True), connection.cursor() as cursor:
        cursor.execute(statement)


def describe(network: BoundNetwork, cast: Cast, *, long: int = LONG) -> dict[str, Any]:
    """Host, a session for each of the cast, and the paths of the things that are measured."""
    space = network_space()
    ordinary = Topic.objects.filter(space=space, post_count=20, last_number=20).order_by("-last_post_at")
    endless = Topic.objects.filter(last_number=long).order_by("-last_post_at")
    ordinary_path, long_path = (topics.select_related("space")[0].get_absolute_url() for topics in (ordinary, endless))
    return {
        "host": network.host,
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": {name: _session(network, person) for name, person in vars(cast).items()},
        "topic": ordinary_path,
        "long topic": long_path,
        "words": searches(),
        "deep": deep_place(space),
    }


def deep_place(space: Space) -> str:
    """Where the last but second page of the topics begins, by last post."""
    earliest = Topic.objects.filter(space=space, deleted=None).order_by("last_post_at", "pk")
    topic = earliest[min(TOPICS_PER_PAGE * 2, earliest.count() - 1)]
    return str(Place("alle", topic.last_post_at, topic.pk))


def _session(network: BoundNetwork, person: Person) -> str:
    """The key of a session that lasts as long as the data are kept."""
    client = Client(headers={"host": network.host})
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + YEARS)
    return key
