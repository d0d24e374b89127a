"""All sockets of a network ask together, and what changes meanwhile is not missed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from typing import Any

import pytest
from django.db import OperationalError

from dkbm.live import watch
from dkbm.live.broadcast import _publish
from dkbm.live.consumers import CLOSE_FETCH_AGAIN
from dkbm.live.groups import group
from dkbm.live.rights import Answer, Question, answer_each
from dkbm.tenancy.context import BoundNetwork, bind
from tests.live.communicator import Socket
from tests.live.scene import ClientOf, Room, play, socket_of
from tests.redis_process import RedisProcess
from tests.waiting import soon

SUBSCRIBED = {"type": "subscribed", "channel": "probe:7"}
REFUSED = {"type": "refused", "channel": "probe:7"}


class Asked:
    """Counts what is asked together. ``hold`` keeps the next answer back after the database has given it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.batches: list[int] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.error: Exception | None = None
        monkeypatch.setattr(watch, "answer_each", self)

    def hold(self) -> None:
        self.go_on.clear()

    def __call__(self, questions: Sequence[Question]) -> list[Answer | Exception]:
        answers = answer_each(questions) if self.error is None else [self.error] * len(questions)
        self.batches.append(len(questions))
        assert self.go_on.wait(60)
        return answers


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    return Asked(monkeypatch)


def test_sockets_that_come_at_once_are_asked_for_together(
    network: BoundNetwork, client_of: ClientOf, member: Any, room: Room, asked: Asked
) -> None:
    """Who comes while the database is asked for the first ones makes up the next batch."""
    client = client_of(network, member)

    async def scene() -> None:
        sockets = [socket_of(client, network) for _ in range(30)]
        asked.hold()
        connecting = [asyncio.create_task(socket.connect()) for socket in sockets]
        await soon(lambda: asked.batches and asked.batches[0] + len(here()._waiting) == 30)
        asked.go_on.set()
        assert await asyncio.gather(*connecting) == [None] * 30
        assert sum(asked.batches) == 30
        assert len(asked.batches) <= 2
        for socket in sockets:
            await socket.disconnect()

    play(scene)
    assert watch._watches == {}


def here() -> watch.Watch:
    """The watch of the only network with sockets."""
    (found,) = watch._watches.values()
    return found


def group_name(network: BoundNetwork) -> str:
    with bind(network):
        return group("-rights", 0)


def test_right_that_ends_while_the_database_is_asked_counts(
    network: BoundNetwork, socket: Socket, member: Any, room: Room, asked: Asked
) -> None:
    """It has looked before the change, and the socket has not subscribed yet when it is told."""

    async def scene() -> None:
        await socket.connect()
        asked.hold()
        answer = asyncio.create_task(socket.ask("subscribe", "probe:7"))
        await soon(lambda: len(asked.batches) == 2)
        room.allowed = set()
        await asyncio.to_thread(_publish, group_name(network), str(member.pk))
        await soon(lambda: here()._changed)
        asked.go_on.set()
        assert await answer == REFUSED
        await socket.disconnect()

    play(scene)


def test_rights_are_looked_at_once_redis_is_back(socket: Socket, room: Room, redis_server: RedisProcess) -> None:
    """What was told meanwhile has reached nobody."""

    async def scene() -> None:
        await socket.connect()
        assert await socket.ask("subscribe", "probe:7") == SUBSCRIBED
        redis_server.kill()
        assert await socket.hear() == {"type": "paused"}
        room.allowed = set()
        redis_server.start()
        assert [await socket.hear(), await socket.hear()] == [{"type": "fetch"}, REFUSED]
        await socket.disconnect()

    play(scene)


def test_without_an_answer_nobody_goes_on_listening(
    network: BoundNetwork, client_of: ClientOf, socket: Socket, member: Any, asked: Asked
) -> None:
    late = socket_of(client_of(network, member), network)

    async def scene() -> None:
        await socket.connect()
        await socket.ask("subscribe", "probe:7")
        asked.error = OperationalError("the database is away")
        await asyncio.to_thread(_publish, group_name(network), str(member.pk))
        assert await socket.closed_with() == CLOSE_FETCH_AGAIN
        assert await late.connect() == CLOSE_FETCH_AGAIN
        await socket.disconnect()

    play(scene)


def test_look_of_the_minute_does_not_end_what_came_meanwhile(
    network: BoundNetwork, socket: Socket, member: Any, asked: Asked
) -> None:
    """What is allowed by the same batch was no part of the question."""

    async def scene() -> None:
        await socket.connect()
        asked.hold()
        with bind(network):
            first = asyncio.create_task(here().ask(Question("")))
            await soon(lambda: len(asked.batches) == 2)
            answer = asyncio.create_task(socket.ask("subscribe", "probe:7"))
            await soon(lambda: len(here()._waiting) == 1)
            look = asyncio.create_task(here()._look_at(tuple(here()._everybody)))
            await soon(lambda: len(here()._waiting) == 2)
        asked.go_on.set()
        assert await answer == SUBSCRIBED
        await asyncio.gather(first, look)
        await asyncio.to_thread(_publish, f"probe.{network.id}.7", '{"n": 1}')
        assert await socket.hear() == {"n": 1}
        await socket.disconnect()

    play(scene)
    assert asked.batches == [1, 1, 2]
