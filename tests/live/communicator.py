"""A browser's side of a socket. (`channels.testing` needs daphne, which is not installed.)"""

from __future__ import annotations

import asyncio
import json
from typing import Any

SECONDS = 60


class Socket:
    def __init__(self, application: Any, path: str, headers: list[tuple[bytes, bytes]]) -> None:
        self.application = application
        self.scope = {"type": "websocket", "path": path, "query_string": b"", "headers": headers, "subprotocols": []}

    async def connect(self) -> int | None:
        """None when accepted, else the code of the refusal."""
        self._to_server: asyncio.Queue[Any] = asyncio.Queue()
        self._to_browser: asyncio.Queue[Any] = asyncio.Queue()
        self._running = asyncio.create_task(
            self.application(self.scope, self._to_server.get, self._to_browser.put), name="socket"
        )
        await self._to_server.put({"type": "websocket.connect"})
        answer = await self._receive()
        if answer["type"] == "websocket.accept":
            return None
        await self.disconnect()  # as a server does once it has passed the refusal on
        return int(answer["code"])

    async def say(self, text: str) -> None:
        await self._to_server.put({"type": "websocket.receive", "text": text})

    async def ask(self, action: str, channel: str) -> Any:
        """Say something and return the next message."""
        await self.say(json.dumps({"action": action, "channel": channel}))
        return await self.hear()

    async def act(self, channel: str, do: str, id: str = "1", **values: Any) -> Any:
        """Do something and return the next message."""
        await self.say(json.dumps({"action": "act", "channel": channel, "do": do, "with": values, "id": id}))
        return await self.hear()

    async def hear(self) -> Any:
        answer = await self._receive()
        assert answer["type"] == "websocket.send", answer
        return json.loads(answer["text"])

    async def closed_with(self) -> int:
        """The code with which the server closes; what it still says before is passed over."""
        while (answer := await self._receive())["type"] != "websocket.close":
            pass
        return int(answer["code"])

    async def disconnect(self) -> None:
        await self._to_server.put({"type": "websocket.disconnect", "code": 1000})
        await asyncio.wait_for(self._running, SECONDS)

    async def _receive(self) -> Any:
        """The next event of the server; an error of the server is raised here."""
        event = asyncio.create_task(self._to_browser.get())
        await asyncio.wait({event, self._running}, timeout=SECONDS, return_when=asyncio.FIRST_COMPLETED)
        if event.done():
            return event.result()
        event.cancel()
        if self._running.done():
            self._running.result()
        raise AssertionError("the server says nothing")
