"""Two worlds for the leak tests: one network full of marked objects, and the same again for the other.

Ids of the own world start at 1,000,000, of the foreign one at 5,000,000, so that an id in a request means exactly
one row of one network.
Every text of a world carries its marker.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from dkbm.accounts.models import Person
from dkbm.cms.domain.networks import create_network
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.hosts import network_by_id
from tests.factories.people import make_person

OWN, FOREIGN = "AEIGENTUM", "BGEHEIMNIS"
OWN_IDS_FROM, FOREIGN_IDS_FROM = 1_000_000, 5_000_000
ROLES = ("guest", "waiting", "member", "editor", "manager")


@dataclass
class World:
    """``keys``: what a parameter may stand for -> ids or slugs of this world, for example ``page``."""

    network: BoundNetwork
    marker: str
    people: dict[str, Person] = field(default_factory=dict)
    keys: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def add(self, key: str, *values: Any) -> None:
        self.keys[key].extend(values)

    def text(self, what: str) -> str:
        """A text of this world, for example ``BGEHEIMNIS Seite``."""
        return f"{self.marker} {what}"

    def slug(self, what: str) -> str:
        return f"{self.marker.lower()}-{what}"


@dataclass(frozen=True)
class Worlds:
    """The network whose people ask, and the one of which they must learn nothing."""

    own: World
    foreign: World


Builder = Callable[[World], None]
BUILDERS: list[Builder] = []


def builder(function: Builder) -> Builder:
    """Register a function that adds an app's objects to a world; it runs with the world's network bound."""
    BUILDERS.append(function)
    return function


def build_world(slug: str, marker: str) -> World:
    """Found a network and fill it by every registered builder."""
    with bind_all("leak test", as_owner=True):
        founded = create_network(
            slug=slug,
            name=f"{marker} Netzwerk",
            short_name=f"{marker} kurz",
            claim=f"{marker} Leitsatz",
            contact_email=f"{marker.lower()}@agentur.example.org",
        )
    network = network_by_id(founded.pk)
    assert network is not None
    world = World(network, marker)
    world.add("network", network.id)
    with bind(network):
        _people(world)
        for build in BUILDERS:
            build(world)
    return world


def _people(world: World) -> None:
    states = {"waiting": MembershipState.REQUESTED}
    roles = {"editor": ("editor",), "manager": ("manager",)}
    for role in ROLES[1:]:
        world.people[role] = make_person(
            world.text(role),
            email=f"{world.marker.lower()}-{role}@{world.network.slug}.example.org",
            roles=roles.get(role, ()),
            state=states.get(role, MembershipState.ACTIVE),
        )
    world.add("person", *(world.people[role].pk for role in ("member", "waiting", "editor", "manager")))


def start_ids(at: int) -> None:
    """Let every sequence of the database go on at ``at`` at least."""
    with bind_all("leak test", as_owner=True), connection.cursor() as cursor:
        cursor.execute("SELECT schemaname || '.' || quote_ident(sequencename) FROM pg_sequences")
        for (sequence,) in cursor.fetchall():
            cursor.execute("SELECT setval(%s, greatest(nextval(%s), %s))", [sequence, sequence, at])
