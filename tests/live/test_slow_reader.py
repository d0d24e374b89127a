"""A browser that stops reading, on the real server and a real connection."""

from __future__ import annotations

import socket as sockets
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings

from dkbm.live.broadcast import _publish
from dkbm.live.hub import hub
from dkbm.live.outlet import MOST_WAITING
from dkbm.tenancy.context import BoundNetwork
from tests.live.browsing import Server, serving
from tests.live.scene import ClientOf, Room, application
from tests.redis_process import RedisProcess
from tests.waiting import until

LENGTH = 200_000
"""Of a message: a few fill what server and kernel keep for a connection."""
BUFFERS = 60
"""More such messages than these ever hold."""


class Browser:
    """Raw, so that it reads only when told to."""

    def __init__(self, server: Server, network: BoundNetwork, cookie: str) -> None:
        self.connection = sockets.create_connection(("127.0.0.1", server.config.port), timeout=60)
        host = f"{network.host}:{server.config.port}"
        lines = (
            "GET /ws/ HTTP/1.1",
            f"Host: {host}",
            f"Origin: http://{host}",
            f"Cookie: {settings.SESSION_COOKIE_NAME}={cookie}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "Sec-WebSocket-Version: 13",
        )
        self.connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        self.read_until(b"\r\n\r\n")
        wish = b'{"action": "subscribe", "channel": "probe:7"}'
        self.connection.sendall(bytes((0x81, 0x80 | len(wish))) + bytes(4) + wish)
        self.read_until(b'"subscribed"')

    def read_until(self, text: bytes) -> None:
        tail = b""
        while text not in tail:
            data = self.connection.recv(1_000_000)
            assert data
            tail = tail[-len(text) :] + data


@pytest.fixture
def server(room: Room, redis_server: RedisProcess) -> Iterator[Server]:
    with serving(application) as server:
        yield server


def test_browser_that_stops_reading_is_let_go_and_holds_nobody_up(
    network: BoundNetwork, client_of: ClientOf, member: Any, server: Server
) -> None:
    cookie = client_of(network, member).cookies[settings.SESSION_COOKIE_NAME].value
    fast, slow = Browser(server, network, cookie), Browser(server, network, cookie)
    name = f"probe.{network.id}.7"
    assert len(hub.readers[name]) == 2
    for number in range(BUFFERS + MOST_WAITING):
        _publish(name, "x" * LENGTH + f"#{number}#")
        fast.read_until(f"#{number}#".encode())
    until(lambda: len(hub.readers[name]) == 1)
    slow.connection.close()
    fast.connection.close()
    until(lambda: not hub.readers)
