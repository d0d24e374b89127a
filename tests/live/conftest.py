"""A member with a socket in a network of its own, whose channels ``room`` allows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dkbm.live import channels
from dkbm.live.channels import register_channel
from dkbm.live.hub import hub
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.hosts import network_for_host
from tests.database import take_network
from tests.factories.people import make_person
from tests.live.communicator import Socket
from tests.live.scene import ClientOf, Room, socket_of
from tests.redis_process import RedisProcess


@pytest.fixture
def room(monkeypatch: pytest.MonkeyPatch, redis_server: RedisProcess) -> Iterator[Room]:
    monkeypatch.setattr(channels, "_channels", {})
    room = Room()
    register_channel("probe", room.may_hear, room.act)
    register_channel("still", room.may_hear)
    yield room
    assert hub.readers == {}


@pytest.fixture(scope="module")
def module_network(django_db_setup: None, django_db_blocker: Any) -> BoundNetwork:
    """One for all tests of a module."""
    with django_db_blocker.unblock():
        return take_network()


@pytest.fixture
def network(module_network: BoundNetwork, django_db_blocker: Any) -> Iterator[BoundNetwork]:
    """Without a surrounding transaction: the socket's own thread has to see the rows."""
    with django_db_blocker.unblock():
        yield module_network


@pytest.fixture
def other(network: BoundNetwork) -> BoundNetwork:
    found = network_for_host("bayern.localhost")
    assert found
    return found


@pytest.fixture
def member(network: BoundNetwork, room: Room) -> Any:
    with bind(network):
        person = make_person()
    room.allowed = {(person.pk, 7), (person.pk, 8)}
    return person


@pytest.fixture
def socket(network: BoundNetwork, client_of: ClientOf, member: Any) -> Socket:
    return socket_of(client_of(network, member), network)
