"""A page's socket as in the product, and channels that a test allows."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from uuid import UUID

from asgiref.sync import sync_to_async
from channels.routing import URLRouter
from django.db import connection
from django.test import Client

from dkbm.config.websockets import websocket_urlpatterns
from dkbm.core.decisions import Refusal
from dkbm.live.channels import Values
from dkbm.live.hub import hub
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.sockets import NetworkSocketMiddleware
from dkbm.tenancy.visitor import Visitor
from tests.live.communicator import Socket

ClientOf = Callable[..., Client]
application = NetworkSocketMiddleware(URLRouter(websocket_urlpatterns))


class Room:
    """Who may hear the channels ``probe:<id>``, and what was done over them."""

    def __init__(self) -> None:
        self.allowed: set[tuple[UUID, int]] = set()
        self.done: list[tuple[UUID | None, int, str, Values]] = []

    async def act(self, visitor: Visitor, id: int, do: str, values: Values) -> str:
        if do == "forbidden":
            raise Refusal("Das dürfen Sie nicht.")
        if do == "broken":
            raise RuntimeError("broken action")
        self.done.append((visitor.person_id, id, do, values))
        return f"Erledigt: {do}"

    def may_hear(self, asked: Sequence[tuple[Visitor, int]]) -> list[bool]:
        return [(visitor.person_id, id) in self.allowed for visitor, id in asked]


def socket_of(client: Client, network: BoundNetwork, origin: str = "") -> Socket:
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    headers = [
        (b"host", network.host.encode()),
        (b"origin", (origin or f"http://{network.host}").encode()),
        (b"cookie", cookies.encode()),
    ]
    return Socket(application, "/ws/", headers)


def play(scene: Callable[[], Awaitable[None]]) -> None:
    """As in the product: a loop, and a thread for the database that sees what is committed."""

    async def run() -> None:
        try:
            await scene()
        finally:
            await hub.close()
            await sync_to_async(lambda: connection.close())()

    asyncio.run(run())
