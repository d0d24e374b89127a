"""The floor: an ASGI application that passes on what Redis says, and does nothing else.

`uvicorn tests.benchmarks.live.bare:application` with REDIS_URL. The path of a socket is its group.
"""

from __future__ import annotations

import asyncio
import os
from typing import Any

from redis.asyncio import Redis

PREFIX = "bare:"
groups: dict[str, set[Any]] = {}
tasks: set[asyncio.Task[None]] = set()


async def application(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "websocket":
        await _socket(scope["path"], receive, send)
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"ok"})


async def _live(receive: Any, send: Any) -> None:
    await receive()
    tasks.add(asyncio.create_task(_pass_on()))
    await send({"type": "lifespan.startup.complete"})
    await receive()
    await send({"type": "lifespan.shutdown.complete"})


async def _socket(path: str, receive: Any, send: Any) -> None:
    await receive()
    await send({"type": "websocket.accept"})
    readers = groups.setdefault(path, set())
    readers.add(send)
    await send({"type": "websocket.send", "text": '{"type": "subscribed"}'})
    while (await receive())["type"] != "websocket.disconnect":
        pass
    readers.discard(send)


async def _pass_on() -> None:
    pubsub = Redis.from_url(os.environ["REDIS_URL"]).pubsub()
    await pubsub.psubscribe(f"{PREFIX}*")
    async for message in pubsub.listen():
        if message["type"] != "pmessage":
            continue
        text = message["data"].decode()
        for send in tuple(groups.get(message["channel"].decode().removeprefix(PREFIX), ())):
            await send({"type": "websocket.send", "text": text})
