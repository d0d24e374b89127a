"""The sockets of one network in this process: what they ask of the database is asked for all of them at once.

A thousand browsers that come back after a restart, and a thousand that are looked at again each minute, cost a few
queries and no thread each.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from contextvars import copy_context
from typing import Any, Protocol
from uuid import UUID

from channels.db import database_sync_to_async

from dkbm.live.groups import EVERYWHERE, rights_group
from dkbm.live.hub import hub
from dkbm.live.rights import Answer, Question, answer_each
from dkbm.tenancy.context import require_network

logger = logging.getLogger(__name__)
RECHECK_SECONDS = 60.0
MOST_SOCKETS = 20
"""So many pages of one person listen at once in this process. The oldest gives way: the newest is the one that the
person looks at, and a page that was let go comes back when it is looked at again."""
MOST_AT_ONCE = 250
"""So many questions go to the database together: while Python makes objects of rows, no message goes out."""


Asked = tuple[Callable[[], Question], "asyncio.Future[Answer | Exception]"]


class NoAnswer(Exception):
    """The database, or the owner of a channel, could not say. Already in the log."""


class Watched(Protocol):
    """What the watch knows of a socket."""

    def question(self) -> Question:
        """Who it is and what it listens to, at this moment."""

    def heed(self, answer: Answer | Exception) -> None:
        """End what is allowed no more; all of it, when there is no answer. Must not wait."""

    def give_way(self) -> None:
        """End, because the person has too many. Must not wait."""


class Watch:
    """Who of the bound network listens in this process, and whether they still may.

    All methods belong to one event loop.
    """

    def __init__(self) -> None:
        self._network_id, self._rights = require_network().id, rights_group()
        # The hub serves all networks: what it calls has to be done in this one.
        self._context = copy_context()
        self._everybody: set[Watched] = set()
        self._people: dict[str, dict[Watched, None]] = {}  # in the order of their coming
        self._waiting: list[Asked] = []
        self._changed: set[str] = set()
        self._asking = False
        self._tasks: set[asyncio.Task[None]] = set()

    async def enter(self, socket: Watched) -> None:
        """Before the first question: from now on no change of a right is missed."""
        self._everybody.add(socket)
        if len(self._everybody) == 1:
            self._start(self._keep_looking())
        for group in (self._rights, EVERYWHERE):
            await hub.join(group, self)

    def admit(self, socket: Watched, person_id: UUID) -> None:
        """The socket is this person's; at once after the answer that says so."""
        own = self._people.setdefault(str(person_id), {})
        own[socket] = None
        if len(own) > MOST_SOCKETS:
            oldest = next(iter(own))
            del own[oldest]
            oldest.give_way()

    async def leave(self, socket: Watched, person_id: UUID | None) -> None:
        """Undo ``enter`` and ``admit``. With the last one the watch ends."""
        self._everybody.discard(socket)
        own = self._people.get(str(person_id), {})
        own.pop(socket, None)
        if not own:
            self._people.pop(str(person_id), None)
        if not self._everybody:
            _watches.pop(self._network_id, None)
            for task in self._tasks:
                task.cancel()
            for group in (self._rights, EVERYWHERE):
                await hub.leave(group, self)

    async def ask(self, question: Question) -> Answer:
        """As it is when the answer comes. Raises :class:`NoAnswer`."""
        answer = await self._put(lambda: question)
        if isinstance(answer, Exception):
            raise NoAnswer from answer
        return answer

    # What the hub calls.

    def deliver(self, group: str, text: str) -> None:
        """A right of the person with this id has changed, here or with their account."""
        if self._asking:
            self._changed.add(text)
        if own := self._people.get(text):
            self._start(self._look_at(tuple(own)))

    def updates_paused(self) -> None:
        """Nothing to do: the sockets hear it themselves."""

    def updates_back(self) -> None:
        """Nobody knows whose rights have changed meanwhile."""
        self._start(self._look_at(tuple(self._everybody)))

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work, context=self._context)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep_looking(self) -> None:
        """Not every change is told."""
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            await self._look_at(tuple(self._everybody))

    async def _look_at(self, sockets: tuple[Watched, ...]) -> None:
        for socket, answer in [(socket, self._put(socket.question)) for socket in sockets]:
            try:
                socket.heed(await answer)
            except Exception:
                # One broken socket must not keep the others from being looked at.
                logger.exception("socket failed")

    def _put(self, question: Callable[[], Question]) -> asyncio.Future[Answer | Exception]:
        """Into the next batch. The question is made then: what was allowed until then is looked at too."""
        future: asyncio.Future[Answer | Exception] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, future))
        if not self._asking:
            self._asking = True
            self._start(self._ask_together())
        return future

    async def _ask_together(self) -> None:
        try:
            while self._waiting:
                batch, self._waiting = self._waiting[:MOST_AT_ONCE], self._waiting[MOST_AT_ONCE:]
                self._changed.clear()
                answers = await database_sync_to_async(answer_each)([question() for question, _future in batch])
                for asked, answer in zip(batch, answers, strict=True):
                    self._settle(asked, answer)
        finally:
            self._asking = False

    def _settle(self, asked: Asked, answer: Answer | Exception) -> None:
        _question, future = asked
        if future.done():
            return
        if isinstance(answer, Answer) and answer.visitor and str(answer.visitor.person_id) in self._changed:
            self._waiting.append(asked)  # told while the database was asked: it may have looked before
        else:
            future.set_result(answer)


_watches: dict[int, Watch] = {}


def watch_here() -> Watch:
    """The watch of the bound network in this process; :meth:`Watch.enter` it at once."""
    return _watches.setdefault(require_network().id, Watch())
