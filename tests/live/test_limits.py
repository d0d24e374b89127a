"""What one person can ask of the process that serves all: long messages, many sockets, many questions."""

from __future__ import annotations

import json
import logging
import socket as sockets
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.run import WS_MAX_SIZE
from dkbm.live import consumers, watch
from dkbm.live.consumers import (
    CLOSE_BAD_MESSAGE,
    CLOSE_GIVE_WAY,
    CLOSE_TOO_MUCH,
    MOST_BYTES,
    MOST_CHANNEL,
    Budget,
)
from dkbm.live.hub import hub
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person
from tests.live.browsing import serving
from tests.live.communicator import Socket
from tests.live.scene import ClientOf, Room, application, play, socket_of
from tests.redis_process import RedisProcess

SUBSCRIBED = {"type": "subscribed", "channel": "probe:7"}
TOO_BIG = 1009


@pytest.fixture(autouse=True)
def _fresh_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(consumers, "wishes", Budget(30, 60.0))


def test_server_is_started_with_the_limit_of_a_message() -> None:
    assert int(WS_MAX_SIZE) == MOST_BYTES
    assert f"--ws-max-size {MOST_BYTES}" in (ROOT / "platform/docs/operations.md").read_text()


@pytest.mark.parametrize("text", ["[" * 100_000, "[" * 30_000, '{"action":' * 3_000, "\x00" * 1000, "9" * 30_000])
def test_nested_and_endless_json_ends_the_socket_without_a_traceback(
    socket: Socket, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    async def scene() -> None:
        await socket.connect()
        await socket.say(text)
        assert await socket.closed_with() == CLOSE_BAD_MESSAGE
        await socket.disconnect()

    with caplog.at_level(logging.INFO):
        play(scene)
    assert [record for record in caplog.records if record.exc_info] == []


@pytest.mark.parametrize("action", ["subscribe", "unsubscribe", "act"])
def test_long_name_of_a_channel_is_not_sent_back(socket: Socket, action: str) -> None:
    async def scene() -> None:
        await socket.connect()
        await socket.say(json.dumps({"action": action, "channel": "probe:" + "7" * MOST_CHANNEL}))
        assert await socket.closed_with() == CLOSE_BAD_MESSAGE
        await socket.disconnect()

    play(scene)


@pytest.mark.parametrize(("action", "channel"), [("subscribe", "probe:9"), ("unsubscribe", "probe:9"), ("act", "x:1")])
def test_refused_wishes_count_as_well(socket: Socket, action: str, channel: str) -> None:
    async def scene() -> None:
        await socket.connect()
        for _wish in range(30):
            await socket.say(json.dumps({"action": action, "channel": channel}))
        assert await socket.closed_with() == CLOSE_TOO_MUCH
        await socket.disconnect()

    play(scene)


def test_coming_back_brings_no_new_wishes_and_takes_none_from_others(
    network: BoundNetwork, client_of: ClientOf, member: Any, room: Room
) -> None:
    with bind(network):
        neighbour = make_person()
    room.allowed.add((neighbour.pk, 7))
    mine, theirs = client_of(network, member), client_of(network, neighbour)

    async def scene() -> None:
        first, again, other = socket_of(mine, network), socket_of(mine, network), socket_of(theirs, network)
        await first.connect()
        for _wish in range(30):
            await first.say('{"action": "subscribe", "channel": "probe:9"}')
        assert await first.closed_with() == CLOSE_TOO_MUCH
        assert await again.connect() is None
        assert await again.closed_with() == CLOSE_TOO_MUCH
        await other.connect()
        assert await other.ask("subscribe", "probe:7") == SUBSCRIBED
        for socket in (first, again, other):
            await socket.disconnect()

    play(scene)


def test_wishes_come_again_after_their_time() -> None:
    who = uuid4()
    assert [[budget.spend(who) for _wish in range(4)] for budget in (Budget(2, 0.0), Budget(2, 60.0))] == [
        [True, True, True, True],
        [True, True, False, False],
    ]


def test_oldest_socket_of_a_person_gives_way_to_a_newer_page(
    network: BoundNetwork, client_of: ClientOf, member: Any, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watch, "MOST_SOCKETS", 3)
    with bind(network):
        neighbour = make_person()
    room.allowed.add((neighbour.pk, 7))
    mine, theirs = client_of(network, member), client_of(network, neighbour)

    async def scene() -> None:
        other = socket_of(theirs, network)
        pages = [socket_of(mine, network) for _page in range(5)]
        for page in (other, *pages):
            await page.connect()
            assert await page.ask("subscribe", "probe:7") == SUBSCRIBED
        assert [await page.closed_with() for page in pages[:2]] == [CLOSE_GIVE_WAY] * 2
        assert len(hub.readers[f"probe.{network.id}.7"]) == 4
        for page in (other, *pages):
            await page.disconnect()

    play(scene)


def test_message_of_megabytes_is_refused_before_it_is_read(
    network: BoundNetwork, client_of: ClientOf, member: Any, room: Room, redis_server: RedisProcess
) -> None:
    """The frame says how long it is; nothing of it is kept."""
    cookie = client_of(network, member).cookies[settings.SESSION_COOKIE_NAME].value
    with serving(application) as server:
        host = f"{network.host}:{server.config.port}"
        lines = (
            *("GET /ws/ HTTP/1.1", f"Host: {host}", f"Origin: http://{host}"),
            *(f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie}", "Upgrade: websocket", "Connection: Upgrade"),
            *("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "Sec-WebSocket-Version: 13", "", ""),
        )
        with sockets.create_connection(("127.0.0.1", server.config.port), timeout=60) as page:
            page.sendall("\r\n".join(lines).encode())
            while not page.recv(4096).endswith(b"\r\n\r\n"):
                pass
            page.sendall(bytes((0x81, 0x80 | 127)) + (8_000_000).to_bytes(8, "big") + bytes(4))
            answer = page.recv(4096)
    assert (answer[0], int.from_bytes(answer[2:4], "big")) == (0x88, TOO_BIG)
