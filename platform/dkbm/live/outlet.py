"""The way out to one browser: written at once, without a task that has to be woken for each message."""

from __future__ import annotations

import asyncio
import contextlib
import types
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from typing import Any

MOST_WAITING = 64
"""So many messages may wait for a slow reader; then it is told to come back and fetch."""
Send = Callable[[dict[str, Any]], Coroutine[Any, Any, None]]


def begin(work: Coroutine[Any, Any, None]) -> Awaitable[None] | None:
    """Do the work up to where it first waits, in the caller's own turn. ``None`` when that was all, else the rest.

    A task would be made, queued and woken for what a server nearly always does without waiting: to put a frame into
    the buffer of a connection. (From Python 3.12 on this is ``asyncio.eager_task_factory``.)
    """
    try:
        waits_for = work.send(None)
    except StopIteration:
        return None
    return _rest(work, waits_for)


@types.coroutine
def _rest(work: Coroutine[Any, Any, None], waits_for: Any) -> Generator[Any, Any, None]:
    try:
        yield waits_for
    except BaseException:
        work.close()
        raise
    yield from work


class Outlet:
    """Messages leave in the order of :meth:`write`. While the server holds one back, because the browser does not take
    what was sent, the next ones wait here and a task sends them; with too many of them, ``overflow`` is called, once.
    """

    def __init__(self, send: Send, overflow: Callable[[], None]) -> None:
        self._send, self._overflow = send, overflow
        self._waiting: deque[str] = deque()
        self._task: asyncio.Task[None] | None = None
        self._ended = False

    def write(self, text: str) -> None:
        """Never waits. What is written after the end, or to a browser that is gone, is dropped."""
        if self._ended:
            return
        if self._task is None:
            try:
                rest = begin(self._send({"type": "websocket.send", "text": text}))
            except OSError:  # the browser is gone
                return
            if rest is not None:
                self._task = asyncio.get_running_loop().create_task(self._catch_up(rest))
        elif len(self._waiting) < MOST_WAITING:
            self._waiting.append(text)
        else:
            self.end()
            self._overflow()

    def end(self) -> None:
        """Nothing more leaves, not even what waits."""
        self._ended = True
        self._waiting.clear()
        if self._task is not None:
            self._task.cancel()

    async def _catch_up(self, rest: Awaitable[None]) -> None:
        with contextlib.suppress(OSError):
            await rest
            while self._waiting:
                await self._send({"type": "websocket.send", "text": self._waiting.popleft()})
        self._task = None
