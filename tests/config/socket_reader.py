"""A member's page that listens to a channel of the web process."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from typing import Any

from django.test import Client
from websockets.exceptions import ConnectionClosed, InvalidHandshake
from websockets.sync.client import ClientConnection, connect

from dkbm.tenancy.context import BoundNetwork

SECONDS = 60


def cookies_of(client: Client) -> str:
    """What the browser would send as ``Cookie``."""
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


class SocketReader:
    def __init__(self, port: int, network: BoundNetwork, cookie: str, channel: str) -> None:
        self._server = ("127.0.0.1", port)
        self._host = f"{network.host}:{port}"
        self._cookie = cookie
        self._channel = channel

    def subscribe(self, **headers: str) -> bool:
        """Opens a socket, subscribes and closes it. False when the server ended it or did not let it in."""
        answers = self._talk([{"action": "subscribe"}], headers)
        return answers == [{"type": "subscribed", "channel": self._channel}]

    def act(self, do: str, **headers: str) -> str:
        """The same, and does something in between: the type of the answer, empty without one."""
        answers = self._talk([{"action": "subscribe"}, {"action": "act", "do": do, "id": "1"}], headers)
        return str(answers[1]["type"]) if len(answers) == 2 else ""

    def _talk(self, wishes: list[dict[str, str]], headers: dict[str, str]) -> list[Any]:
        """What was answered until the end; the server may end it before."""
        answers: list[Any] = []
        with suppress(ConnectionClosed, InvalidHandshake), self._open(headers) as page:
            for wish in wishes:
                page.send(json.dumps({"channel": self._channel, **wish}))
                answers.append(json.loads(page.recv(SECONDS)))
        return answers

    def _open(self, headers: dict[str, str]) -> ClientConnection:
        return connect(
            f"ws://{self._host}/ws/",
            sock=socket.create_connection(self._server, SECONDS),
            additional_headers={"Origin": f"http://{self._host}", "Cookie": self._cookie, **headers},
            open_timeout=SECONDS,
        )
