"""Sockets of pages: authenticate, subscribe, act, dispatch. What may be heard and done, the channels' owners decide."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Container, Coroutine
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.http import parse_cookie
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dkbm.core.decisions import Refusal
from dkbm.core.text import is_storable
from dkbm.live.channels import find_channel
from dkbm.live.hub import hub
from dkbm.live.outlet import Outlet, Send
from dkbm.live.rights import Answer, Question
from dkbm.live.watch import NoAnswer, watch_here
from dkbm.tenancy.visitor import Visitor

logger = logging.getLogger(__name__)
Receive = Callable[[], Awaitable[dict[str, Any]]]

CLOSE_BAD_MESSAGE = 4400
CLOSE_NO_MEMBER = 4401
CLOSE_FETCH_AGAIN = 4408
CLOSE_GIVE_WAY = 4409
"""The person has opened newer pages, and more than :data:`dkbm.live.watch.MOST_SOCKETS`; this one waits until it is
looked at again."""
CLOSE_TOO_MUCH = 4429
MOST_CHANNELS = 20
MOST_CHARACTERS = 32_768
"""Of one frame from the page; longer ones are no frames of ours."""
MOST_BYTES = 4 * MOST_CHARACTERS
"""``--ws-max-size`` of uvicorn, here for the test that it stands wherever uvicorn is started: what is longer never
reaches us, and is not kept in memory until somebody reads it."""
MOST_CHANNEL = 64
MOST_WISHES, WISHES_SECONDS = 300, 60.0
"""So much may one person ask of this process over all their sockets in so many seconds, refused or not: each question
goes to the database. Twenty pages that come back after a restart ask for some sixty."""
MOST_ACTS, ACTS_SECONDS = 30, 60.0
"""So many actions may come from one socket in so many seconds; further ones are refused."""


class Wish(BaseModel):
    """What a page sends. ``do``, ``with`` and ``id`` (the page's own, comes back with the answer) are for ``act``."""

    model_config = ConfigDict(strict=True, frozen=True)

    action: Literal["subscribe", "unsubscribe", "act", "ping"]
    channel: str = Field(max_length=MOST_CHANNEL)
    do: str = ""
    values: dict[str, str | list[str]] = Field(default={}, alias="with")
    id: str = Field(default="", max_length=64)


def _wish_of(text: str) -> Wish | None:
    """``None`` for what no page of ours sends."""
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        wish = Wish.model_validate_json(text)
    except ValidationError:
        return None
    return wish if is_storable(wish.model_dump()) else None


class Budget:
    """``most`` for each within ``seconds``. All begin anew together, so that nobody has to be forgotten one by one."""

    def __init__(self, most: int, seconds: float) -> None:
        self._most, self._seconds = most, seconds
        self._spent: Counter[UUID] = Counter()
        self._began = time.monotonic()

    def spend(self, who: UUID) -> bool:
        """False where it was more than that."""
        now = time.monotonic()
        if now - self._began > self._seconds:
            self._began, self._spent = now, Counter()
        self._spent[who] += 1
        return self._spent[who] <= self._most


wishes = Budget(MOST_WISHES, WISHES_SECONDS)
"""Of this process, and longer than a socket: whoever comes back at once finds it as it was."""


class PageSocket:
    """The one socket of a page at ``/ws/``, of a signed-in, active member of the bound network.

    From the page: ``{"action": "subscribe" | "unsubscribe", "channel": "topic:17"}``, and once it has subscribed
    ``{"action": "act", "channel": "topic:17", "do": "post.mark", "with": {"beitrag": "4"}, "id": "1"}``.
    ``{"action": "ping", "channel": ""}`` is answered with ``pong``: the page notices a connection that has gone silent.
    To the page: ``subscribed`` (fetch once what came since the page was made), ``refused`` (missing and forbidden
    alike), ``message`` with ``detail``, and without a channel ``paused`` and ``fetch`` when Redis goes and comes;
    ``done`` or ``refused`` with ``id`` and ``text`` for each action.
    """

    def __init__(self, session_key: str, send: Send) -> None:
        self.session_key = session_key
        self.person_id: UUID | None = None
        self.channels: dict[str, str] = {}
        self._send = send
        self._outlet = Outlet(send, overflow=self._fetch_again)
        self._watch = watch_here()
        self._acted: deque[float] = deque(maxlen=MOST_ACTS)
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def run(self, receive: Receive) -> None:
        """From the page's knock until it is gone."""
        try:
            await self._watch.enter(self)
            await self._admit()
            while (event := await receive())["type"] != "websocket.disconnect":
                if not self._closed:
                    await self._take(event.get("text") or "")
        except NoAnswer:
            await self.close(CLOSE_FETCH_AGAIN)
        finally:
            await self._forget()

    async def close(self, code: int) -> None:
        """Only the first code counts, and nothing is said after it."""
        if self._closed:
            return
        self._closed = True
        self._outlet.end()
        with contextlib.suppress(OSError):  # the page is gone already
            await self._send({"type": "websocket.close", "code": code})

    async def _admit(self) -> None:
        answer = await self._ask()
        if answer.visitor and answer.visitor.person_id:
            self.person_id = answer.visitor.person_id
            self._watch.admit(self, self.person_id)
            await self._send({"type": "websocket.accept"})
            if not wishes.spend(self.person_id):
                await self.close(CLOSE_TOO_MUCH)
        else:
            await self.close(CLOSE_NO_MEMBER)

    async def _take(self, text: str) -> None:
        wish = _wish_of(text)
        if wish is None:
            await self.close(CLOSE_BAD_MESSAGE)
        elif self.person_id is None or not wishes.spend(self.person_id):
            await self.close(CLOSE_TOO_MUCH)
        elif wish.action == "ping":
            self._say(type="pong")
        elif wish.action == "unsubscribe":
            await self._unsubscribe(wish.channel)
        elif wish.action == "act":
            await self._act(wish)
        elif len(self.channels) < MOST_CHANNELS:
            await self._subscribe(wish.channel)
        else:
            await self.close(CLOSE_BAD_MESSAGE)

    async def _subscribe(self, channel: str) -> None:
        answer = await self._ask(channel)
        if channel not in answer.groups:
            self._say(type="refused", channel=channel)
            return
        self.channels[channel] = answer.groups[channel]
        stands = await hub.join(self.channels[channel], self)
        self._say(type="subscribed", channel=channel)
        if not stands:
            self.updates_paused()

    async def _unsubscribe(self, channel: str) -> None:
        if channel in self.channels:
            await hub.leave(self.channels.pop(channel), self)

    async def _act(self, wish: Wish) -> None:
        """Whatever goes wrong with it, the socket stays, and the page gets an answer."""
        if self._acts_too_often():
            text = _("Das waren sehr viele Eingaben in kurzer Zeit. Bitte warten Sie einen Moment.")
            self._say(type="refused", id=wish.id, text=text)
            return
        try:
            answer = await self._ask(wish.channel)
            if answer.visitor is None:
                await self.close(CLOSE_NO_MEMBER)
                return
            said = {"type": "done", "text": await self._do(wish, answer.visitor, answer.groups)}
        except Refusal as error:
            said = {"type": "refused", "text": error.reason}
        except Exception:
            logger.exception("action failed")
            said = {"type": "refused", "text": _("Das hat nicht geklappt. Bitte laden Sie die Seite neu.")}
        self._say(**said, id=wish.id)

    async def _do(self, wish: Wish, visitor: Visitor, allowed: Container[str]) -> str:
        """The right to the channel was asked anew; the domain function that does it asks for its own."""
        found = find_channel(wish.channel)
        if wish.channel not in self.channels or wish.channel not in allowed or found is None or found.act is None:
            raise Refusal(_("Das ist hier nicht möglich."))
        return await found.act(visitor, found.id, wish.do, wish.values)

    def _acts_too_often(self) -> bool:
        now = time.monotonic()
        if len(self._acted) == MOST_ACTS and now - self._acted[0] < ACTS_SECONDS:
            return True
        self._acted.append(now)
        return False

    # What the hub calls.

    def deliver(self, group: str, text: str) -> None:
        """What was sent to a channel, as pages get it."""
        self._outlet.write(text)

    def updates_paused(self) -> None:
        self._say(type="paused")

    def updates_back(self) -> None:
        self._say(type="fetch")

    # What the watch calls.

    def question(self) -> Question:
        """Who this is, and what it hears at the moment."""
        return Question(self.session_key, tuple(self.channels))

    def heed(self, answer: Answer | Exception) -> None:
        """A right that was taken away ends the subscription. Without an answer nobody goes on listening."""
        if isinstance(answer, Exception):
            self._fetch_again()
        elif answer.visitor is None:
            self._start(self._leave(CLOSE_NO_MEMBER))
        else:
            for channel in answer.refused:
                self._start(self._refuse(channel))

    def give_way(self) -> None:
        """Newer sockets of the same person take the place."""
        self._start(self._leave(CLOSE_GIVE_WAY))

    async def _ask(self, *channels: str) -> Answer:
        return await self._watch.ask(Question(self.session_key, channels))

    def _say(self, **message: str) -> None:
        self._outlet.write(json.dumps(message))

    async def _refuse(self, channel: str) -> None:
        await self._unsubscribe(channel)
        self._say(type="refused", channel=channel)

    def _fetch_again(self) -> None:
        """What waits is dropped; the page comes back and fetches."""
        self._start(self._leave(CLOSE_FETCH_AGAIN))

    async def _leave(self, code: int) -> None:
        for channel in tuple(self.channels):
            await self._unsubscribe(channel)
        await self.close(code)

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _forget(self) -> None:
        self._closed = True
        self._outlet.end()
        for channel in tuple(self.channels):
            await self._unsubscribe(channel)
        await self._watch.leave(self, self.person_id)


async def page_socket(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """ASGI application; the network is bound. Channels of all apps, see ``channels.register_channel``."""
    await receive()
    cookies = parse_cookie(dict(scope["headers"]).get(b"cookie", b"").decode("latin-1"))
    key = cookies.get(settings.SESSION_COOKIE_NAME, "")
    await PageSocket(key if is_storable(key) else "", send).run(receive)
