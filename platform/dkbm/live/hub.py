"""One subscription per process and group; the readers of a group are served from memory.

Why Redis is asked directly and not through Channels' layer: platform/docs/decisions/003-live.md.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from collections import Counter
from contextvars import Context
from typing import Any, Protocol

from django.conf import settings
from redis.asyncio import Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as ConnectionLost
from redis.exceptions import RedisError

from dkbm.live.broadcast import REDIS_PREFIX

logger = logging.getLogger(__name__)
CONFIRM_SECONDS = 2.0
SILENCE_SECONDS = 2.0
"""After this long without a message Redis is asked whether it is still there; after as long again it is lost."""
SHORTEST_PAUSE, LONGEST_PAUSE = 0.2, 5.0
AT_ONCE = 500
"""So many readers get a message in one turn."""
OWN_REDIS_CHANNEL = f"{REDIS_PREFIX}hub"
LOST = (RedisError, OSError, TimeoutError)


class Reader(Protocol):
    """What the hub knows of a socket. None of these may wait."""

    def deliver(self, group: str, text: str) -> None:
        """One message of a group that the reader has joined."""

    def updates_paused(self) -> None:
        """Redis is away: nothing comes until :meth:`updates_back`."""

    def updates_back(self) -> None:
        """Everything is subscribed again; what came in between has to be fetched."""


class Hub:
    """Who reads which group in this process, and the one connection that serves them while there are any.

    All methods belong to one event loop.
    """

    def __init__(self) -> None:
        self.readers: dict[str, set[Reader]] = {}
        self.away = False
        self._paused: set[Reader] = set()
        self._standing: dict[str, asyncio.Future[bool]] = {}
        self._open: set[str] = set()
        self._unconfirmed: Counter[str] = Counter()
        self._pubsub: PubSub | None = None
        self._relinked = False
        self._task: asyncio.Task[None] | None = None

    async def join(self, group: str, reader: Reader) -> bool:
        """Pass the group's messages on to ``reader`` from now on.

        True when the subscription stands: whatever is sent from now on arrives. False when Redis is away;
        ``updates_back`` follows once it does.
        """
        if self._task is None:
            # In a context of its own: the hub serves all networks, not the one of the first reader.
            self._task = asyncio.get_running_loop().create_task(self._run(), context=Context())
        first = group not in self.readers
        self.readers.setdefault(group, set()).add(reader)
        if first:
            self._await_standing(group)
            await self._subscribe(group)
        if await self._stands(group):
            return True
        self._paused.add(reader)
        return False

    async def leave(self, group: str, reader: Reader) -> None:
        """Undo ``join``; leaving twice does nothing. The last reader of a group ends its subscription."""
        members = self.readers.get(group, set())
        members.discard(reader)
        if members or group not in self.readers:
            return
        del self.readers[group], self._standing[group]
        self._open.discard(group)
        if not self.readers:
            await self.close()
        elif self._pubsub:
            with contextlib.suppress(*LOST):
                await self._pubsub.unsubscribe(REDIS_PREFIX + group)

    async def close(self) -> None:
        """End the connection; the next ``join`` makes a new one."""
        task, self._task = self._task, None
        if task:
            task.cancel()
            await asyncio.wait({task})
        self.away = False
        self._paused.clear()

    async def _stands(self, group: str) -> bool:
        """Wait until the subscription is confirmed, or Redis turns out to be away."""
        standing = self._standing.get(group)
        if standing is None or (self.away and not standing.done()):
            return False
        if standing.done():
            return standing.result()
        try:
            return await asyncio.wait_for(asyncio.shield(standing), CONFIRM_SECONDS)
        except TimeoutError:
            return False

    async def _subscribe(self, *groups: str) -> None:
        """Ask for messages of ``groups``; nothing to do while there is no connection: the next one asks for all."""
        if self._pubsub is None:
            return
        self._unconfirmed.update(groups)
        # A connection that is lost right now is noticed by whoever reads from it.
        with contextlib.suppress(*LOST):
            await self._pubsub.subscribe(*(REDIS_PREFIX + group for group in groups))

    async def _run(self) -> None:
        pause = SHORTEST_PAUSE
        while True:
            try:
                await self._serve()
            except Exception as error:
                if not isinstance(error, LOST):
                    logger.exception("hub failed")
                if self._all_stand():
                    pause = SHORTEST_PAUSE
                self._lost(error)
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads the servers, no secret
            pause = min(pause * 2, LONGEST_PAUSE)

    async def _serve(self) -> None:
        """Connect, subscribe to everything, and pass messages on until the connection is lost (raises)."""
        client = Redis.from_url(settings.REDIS_URL, socket_connect_timeout=SILENCE_SECONDS, retry=Retry(NoBackoff(), 0))
        pubsub = client.pubsub()
        try:
            await pubsub.subscribe(OWN_REDIS_CHANNEL)
            self._relinked = False
            # The client would link up again by itself, and nobody would know that messages were lost.
            link: Any = pubsub.connection
            link.register_connect_callback(self._note_relinked)
            self._pubsub = pubsub
            await self._subscribe(*self.readers)
            await self._pass_on(pubsub)
        finally:
            self._pubsub = None
            self._unconfirmed.clear()
            with contextlib.suppress(*LOST):
                await pubsub.aclose()
                await client.aclose()

    async def _note_relinked(self, connection: Any) -> None:
        self._relinked = True

    async def _pass_on(self, pubsub: PubSub) -> None:
        asked = False
        while True:
            message = await pubsub.get_message(timeout=SILENCE_SECONDS)
            if self._relinked:
                raise ConnectionLost("linked up again")
            if message is not None:
                asked = False
                await self._take(message)
            elif asked:
                raise TimeoutError("no answer")
            else:
                await pubsub.ping()
                asked = True

    async def _take(self, message: dict[str, Any]) -> None:
        group = (message["channel"] or b"").decode().removeprefix(REDIS_PREFIX)
        if message["type"] == "subscribe":
            self._confirm(group)
        elif message["type"] == "message":
            await self._deliver(group, message["data"].decode())

    async def _deliver(self, group: str, text: str) -> None:
        """To all readers; between some hundreds of them the process does what else there is, such as a page."""
        readers = tuple(self.readers.get(group, ()))
        for start in range(0, len(readers), AT_ONCE):
            if start:
                await asyncio.sleep(0)
            for reader in readers[start : start + AT_ONCE]:
                if reader in self.readers.get(group, ()):
                    self._tell(reader, "deliver", group, text)

    def _confirm(self, group: str) -> None:
        self._unconfirmed[group] -= 1
        # Left and joined again within a moment: only the last of its answers counts.
        if group in self._standing and self._unconfirmed[group] <= 0:
            self._settle(group, True)
        if self._all_stand():
            self.away = False
            if self._paused:
                back, self._paused = self._paused & self._everybody(), set()
                for reader in back:
                    self._tell(reader, "updates_back")

    def _await_standing(self, group: str) -> None:
        self._standing[group] = asyncio.get_running_loop().create_future()
        self._open.add(group)

    def _settle(self, group: str, stands: bool) -> None:
        self._open.discard(group)
        if not self._standing[group].done():
            self._standing[group].set_result(stands)

    def _all_stand(self) -> bool:
        return not self._open

    def _lost(self, error: Exception) -> None:
        if not self.away:
            logger.warning("live updates pause", extra={"error": type(error).__name__})
        self.away = True
        for group in self._standing:
            self._settle(group, False)
            self._await_standing(group)
        told, everybody = self._paused, self._everybody()
        self._paused = everybody
        for reader in everybody - told:
            self._tell(reader, "updates_paused")

    def _everybody(self) -> set[Reader]:
        return set().union(*self.readers.values())

    def _tell(self, reader: Reader, what: str, *args: str) -> None:
        try:
            getattr(reader, what)(*args)
        except Exception:
            # One broken socket must not keep the message from the others.
            logger.exception("reader failed")


hub = Hub()
"""The hub of this process."""
