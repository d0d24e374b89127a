"""The network that the benchmarks measure, and the addresses that they ask for."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
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
from dkbm.tenancy.hosts import network_by_id
from forum.domain.spaces import network_space
from forum.models import Post, Topic
from tests.benchmarks.data.groups import Room, add_groups, join
from tests.benchmarks.data.offers import add_events, add_items, add_vocabulary
from tests.benchmarks.data.people import add_members, add_municipalities, make_manager
from tests.benchmarks.data.reading import write_read_marks
from tests.benchmarks.data.threads import LONG, Threads
from tests.benchmarks.data.words import Texts, searches

YEARS = timedelta(days=5 * 365)
NEWS = 200
"""The latest posts, which nobody has read."""


@dataclass(frozen=True)
class Size:
    posts: int
    members: int = 400
    workgroups: int = 30
    subgroups: int = 10
    group_size: int = 30
    items: int = 200
    events: int = 60


@dataclass(frozen=True)
class Cast:
    """Who is measured: one who has read everything but the latest, one who never reads, a manager."""

    member: Person
    never: Person
    manager: Person


def fill(size: Size) -> dict[str, Any]:
    """Found and fill a network with the owner's login. Returns what :func:`describe` says of it."""
    with bind_all("benchmark", as_owner=True):
        network = network_by_id(create_network(slug="benchmark", name="Transferagentur Benchmark").pk)
        add_municipalities(90)
        add_vocabulary()
    assert network is not None
    with bind(network):
        people = _write(size)
        described = describe(network, people)
    with bind_all("benchmark", as_owner=True), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return described


def _write(size: Size) -> Cast:
    now, texts = timezone.now(), Texts(random.Random(2))
    people = add_members(size.members, since=now - YEARS - timedelta(days=1), source=random.Random(6))
    cast = Cast(*people[:3])
    make_manager(cast.manager)
    rooms = [(network_space(), people), *_groups(size, people, cast, texts)]
    Threads(rooms, texts, since=now - YEARS, until=now).add(size.posts)
    add_items(size.items, texts)
    add_events(size.events, people[3:], texts)
    write_read_marks(regular=cast.member, never=cast.never, before=_news_begin())
    rebuild_index()
    return cast


def _groups(size: Size, people: list[Person], cast: Cast, texts: Texts) -> list[Room]:
    """The measured people are in the same five AGs and their sub-groups."""
    since = timezone.now() - YEARS - timedelta(days=1)
    rooms = add_groups(
        size.workgroups, size.subgroups, size=size.group_size, people=people[3:], since=since, texts=texts
    )
    for space, _members in rooms:
        group = space.workgroup
        assert group is not None
        if group.ag.number in range(1, 6):
            join(group, [cast.member, cast.never, cast.manager], since)
    return rooms


def _news_begin() -> Any:
    return Post.objects.order_by("-created").values_list("created", flat=True)[NEWS]


def describe(network: BoundNetwork, cast: Cast, *, long: int = LONG) -> dict[str, Any]:
    """Host, a session for each of the cast, and the paths of the things that are measured."""
    space = network_space()
    ordinary = Topic.objects.filter(space=space, post_count=20, last_number=20).order_by("-last_post_at")
    long = Topic.objects.filter(last_number=long).order_by("-last_post_at")
    ordinary_path, long_path = (topics.select_related("space")[0].get_absolute_url() for topics in (ordinary, long))
    return {
        "host": network.host,
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": {name: _session(network, person) for name, person in vars(cast).items()},
        "topic": ordinary_path,
        "long topic": long_path,
        "words": searches(),
        "topic pages": Topic.objects.filter(space=space).count() // 25,
    }


def _session(network: BoundNetwork, person: Person) -> str:
    """The key of a session that lasts as long as the data are kept."""
    client = Client(headers={"host": network.host})
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    Session.objects.filter(pk=key).update(expire_date=timezone.now() + YEARS)
    return key
