"""Socket door: binds the host's network for the life of a connection, and admits its own origin only."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from channels.db import database_sync_to_async

from .context import bind
from .hosts import network_for_host, split_host

CLOSE_UNKNOWN_HOST = 4404
CLOSE_FOREIGN_ORIGIN = 4403


class NetworkSocketMiddleware:
    """ASGI middleware around the URL router of the sockets.

    An origin other than the host itself is refused: Channels' validator with an open list admits any.
    """

    def __init__(self, inner: Any) -> None:
        self.inner = inner

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"").decode("latin-1").lower()
        origin = urlsplit(headers.get(b"origin", b"").decode("latin-1").lower()).netloc
        network = await database_sync_to_async(network_for_host)(host)
        if network is None or network.is_platform:
            await send({"type": "websocket.close", "code": CLOSE_UNKNOWN_HOST})
            return
        if origin != host or split_host(origin) != network.host:
            await send({"type": "websocket.close", "code": CLOSE_FOREIGN_ORIGIN})
            return
        scope = {**scope, "network": network}
        with bind(network):
            await self.inner(scope, receive, send)
