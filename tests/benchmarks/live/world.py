"""A network with thousands of signed-in members of one group, and topics that they may read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone
from django.utils.crypto import get_random_string

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork, bind, require_network
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from forum.domain.spaces import space_of
from tests.database import take_network
from tests.factories.forum import make_topic
from tests.factories.groups import make_group
from tests.factories.people import make_person
from workgroups.enums import GroupMembershipState
from workgroups.models import GroupMembership, Workgroup


@dataclass(frozen=True)
class World:
    network: BoundNetwork
    manager: Person
    group: Workgroup
    people: list[UUID]
    cookies: list[str]
    topics: list[int]

    def sockets(self, number: int, topics: int) -> list[dict[str, str]]:
        """What ``number`` readers open who are spread over so many topics."""
        return [
            {"path": "/ws/", "cookie": cookie, "channel": f"topic:{self.topics[place % topics]}"}
            for place, cookie in enumerate(self.cookies[:number])
        ]

    def redis_channel(self, topic: int) -> str:
        """Where the product listens for what is new in a topic."""
        return f"transfernetz:live:topic.{self.network.id}.{self.topics[topic]}"


def make_world(readers: int, topics: int) -> World:
    network = take_network()
    with bind(network):
        manager = make_person("Lena Leitung", roles=("manager",))
        group = make_group("Viele", manager)
        people = _people(readers)
        _into(group, people)
        space = space_of(group)
        numbers = [make_topic(manager, space=space, title=f"Thema {number}").pk for number in range(topics)]
        return World(network, manager, group, [person.pk for person in people], _sessions(people), numbers)


def _people(number: int) -> list[Person]:
    domain = f"{require_network().slug}.example.org"
    people = [
        Person(email=f"leser{place}@{domain}", password=get_random_string(40), last_name=f"Leser {place}")
        for place in range(number)
    ]
    # The database shows a person only once they belong somewhere, so nothing is asked back.
    Person.objects.bulk_create(people, batch_size=500)
    now = timezone.now()
    rows = [Membership(person=person, state=MembershipState.ACTIVE, since=now) for person in people]
    Membership.objects.bulk_create(rows, batch_size=500)
    return people


def _into(group: Workgroup, people: list[Person]) -> None:
    now = timezone.now()
    rows = [
        GroupMembership(workgroup=group, person=person, state=GroupMembershipState.ACTIVE, since=now)
        for person in people
    ]
    GroupMembership.objects.bulk_create(rows, batch_size=500)


def _sessions(people: list[Person]) -> list[str]:
    """As a browser sends them, one for each."""
    store = SessionStore()
    expires = timezone.now() + timedelta(days=1)
    rows = [
        Session(
            session_key=get_random_string(32, "abcdefghijklmnopqrstuvwxyz0123456789"),
            session_data=store.encode(
                {
                    SESSION_KEY: str(person.pk),
                    BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
                    HASH_SESSION_KEY: person.get_session_auth_hash(),
                }
            ),
            expire_date=expires,
        )
        for person in people
    ]
    Session.objects.bulk_create(rows, batch_size=500)
    return [f"{settings.SESSION_COOKIE_NAME}={row.session_key}" for row in rows]
