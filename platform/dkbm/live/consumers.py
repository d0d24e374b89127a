"""Sockets of pages: authenticate, subscribe, act, dispatch. What may be heard and done, the channels' owners decide."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import time
from collections import deque
from collections.abc import Iterable
from typing import Any, Literal

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from dkbm.core.decisions import Refusal
from dkbm.live.channels import find_channel
from dkbm.live.groups import group, rights_group
from dkbm.live.hub import hub
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.second_factor import SecondFactor, second_factor_of
from dkbm.tenancy.visitor import Visitor, guest, visitor_with

logger = logging.getLogger(__name__)

CLOSE_BAD_MESSAGE = 4400
CLOSE_NO_MEMBER = 4401
CLOSE_FETCH_AGAIN = 4408
MOST_WAITING = 64
"""So many messages may wait for a slow reader; then it is told to come back and fetch."""
MOST_CHANNELS = 20
RECHECK_SECONDS = 60.0
MOST_CHARACTERS = 32_768
"""Of one frame from the page; longer ones are no frames of ours."""
MOST_ACTS, ACTS_SECONDS = 30, 60.0
"""So many actions may come from one socket in so many seconds; further ones are refused."""


class Wish(BaseModel):
    """What a page sends. ``do``, ``with`` and ``id`` (the page's own, comes back with the answer) are for ``act``."""

    model_config = ConfigDict(strict=True, frozen=True)

    action: Literal["subscribe", "unsubscribe", "act"]
    channel: str
    do: str = ""
    values: dict[str, str | list[str]] = Field(default={}, alias="with")
    id: str = Field(default="", max_length=64)


def is_session_of(session: SessionBase, person: Any) -> bool:
    """Whether the session is signed in as ``person`` with the password of today. Leaves the session as it is."""
    hashes = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    kept = session.get(HASH_SESSION_KEY, "")
    return session.get(SESSION_KEY) == str(person.pk) and any(constant_time_compare(kept, each) for each in hashes)


def _wish_of(text: str) -> Wish | None:
    """``None`` for what no page of ours sends."""
    if len(text) > MOST_CHARACTERS:
        return None
    try:
        return Wish.model_validate_json(text)
    except ValidationError:
        return None


class LiveConsumer(AsyncWebsocketConsumer):
    """Socket of a signed-in, active member of the scope's network; subclasses say which channels are allowed.

    From the page: ``{"action": "subscribe" | "unsubscribe", "channel": "topic:17"}``, and once it has subscribed
    ``{"action": "act", "channel": "topic:17", "do": "post.mark", "with": {"beitrag": "4"}, "id": "1"}``.
    To the page: ``subscribed`` (fetch once what came since the page was made), ``refused`` (missing and forbidden
    alike), ``message`` with ``detail``, and without a channel ``paused`` and ``fetch`` when Redis goes and comes;
    ``done`` or ``refused`` with ``id`` and ``text`` for each action.
    """

    async def groups_allowed(self, wanted: Iterable[str]) -> dict[str, str]:
        """Channel -> group, for those of the ``wanted`` channels that this person may hear now."""
        raise NotImplementedError

    async def act(self, wish: Wish) -> str:
        """Do it, if this person may now, and return a sentence for them. Raises ``Refusal``."""
        raise NotImplementedError

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.channels: dict[str, str] = {}
        self.outgoing: asyncio.Queue[str] = asyncio.Queue(MOST_WAITING)
        self.look_again = asyncio.Event()
        self.tasks: set[asyncio.Task[None]] = set()
        self.rights = ""
        self.ending = False
        self.acted: deque[float] = deque(maxlen=MOST_ACTS)
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._forget()

    async def connect(self) -> None:
        self.person_id = self.scope["user"].pk
        if not await self._is_member():
            await self.close(CLOSE_NO_MEMBER)
            return
        await self.accept()
        self.rights = rights_group()
        await hub.join(self.rights, self)
        self.tasks |= {asyncio.create_task(self._send_waiting()), asyncio.create_task(self._keep_checking())}

    async def receive(self, text_data: str | None = None, bytes_data: bytes | None = None) -> None:
        wish = _wish_of(text_data or "")
        if wish is None:
            await self.close(CLOSE_BAD_MESSAGE)
        elif wish.action == "unsubscribe":
            await self._unsubscribe(wish.channel)
        elif wish.action == "act":
            await self._act(wish)
        elif len(self.channels) < MOST_CHANNELS:
            await self._subscribe(wish.channel)
        else:
            await self.close(CLOSE_BAD_MESSAGE)

    async def _subscribe(self, channel: str) -> None:
        allowed = await self.groups_allowed([channel])
        if channel not in allowed:
            self._say(type="refused", channel=channel)
            return
        self.channels[channel] = allowed[channel]
        stands = await hub.join(allowed[channel], self)
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
            if not await self._is_member():
                await self.close(CLOSE_NO_MEMBER)
                return
            answer = {"type": "done", "text": await self.act(wish)}
        except Refusal as error:
            answer = {"type": "refused", "text": error.reason}
        except Exception:
            logger.exception("action failed")
            answer = {"type": "refused", "text": _("Das hat nicht geklappt. Bitte laden Sie die Seite neu.")}
        self._say(**answer, id=wish.id)

    def _acts_too_often(self) -> bool:
        now = time.monotonic()
        if len(self.acted) == MOST_ACTS and now - self.acted[0] < ACTS_SECONDS:
            return True
        self.acted.append(now)
        return False

    # What the hub calls.

    def deliver(self, group: str, text: str) -> None:
        if group == self.rights:
            if text == str(self.person_id):
                self.look_again.set()
            return
        self._enqueue(text)

    def updates_paused(self) -> None:
        self._say(type="paused")

    def updates_back(self) -> None:
        self._say(type="fetch")

    def _say(self, **message: str) -> None:
        self._enqueue(json.dumps(message))

    def _enqueue(self, text: str) -> None:
        try:
            self.outgoing.put_nowait(text)
        except asyncio.QueueFull:
            if not self.ending:
                self.ending = True
                self.tasks.add(asyncio.create_task(self._give_up()))

    async def _send_waiting(self) -> None:
        while True:
            await self.send(await self.outgoing.get())

    async def _give_up(self) -> None:
        """Too slow: what waits is dropped, the page comes back and fetches."""
        await self._forget(but=asyncio.current_task())
        await self.close(CLOSE_FETCH_AGAIN)

    async def _keep_checking(self) -> None:
        """A right that is taken away ends the subscription: at once when told so, within a minute otherwise."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self.look_again.wait(), RECHECK_SECONDS)
            self.look_again.clear()
            try:
                if not await self._check():
                    return
            except Exception:
                # Without an answer nobody goes on listening; the page comes back and is asked again.
                logger.exception("rights could not be checked")
                await self._give_up()
                return

    async def _check(self) -> bool:
        """End what is no longer allowed; False when the socket was closed."""
        if not await self._is_member():
            await self.close(CLOSE_NO_MEMBER)
            return False
        allowed = await self.groups_allowed(list(self.channels))
        for channel in set(self.channels) - set(allowed):
            await self._unsubscribe(channel)
            self._say(type="refused", channel=channel)
        return True

    async def _is_member(self) -> bool:
        return bool(self.person_id) and await database_sync_to_async(self._may_stay)()

    def _may_stay(self) -> bool:
        """Active member of the bound network, account open, still signed in, second factor passed where it is asked."""
        session = self.scope.get("session")
        if session is None or not session.session_key:
            return False
        kept = SessionStore(session.session_key)  # as it is now, not as it was when the socket was opened
        visitor = self._visitor()
        if not visitor.is_member or not is_session_of(kept, visitor.person):
            return False
        return second_factor_of(kept, visitor) is SecondFactor.ENOUGH

    def _visitor(self) -> Visitor:
        """Who listens, as they stand now; a guest when the account was closed or they are no member any more."""
        membership = (
            Membership.objects.select_related("person")
            .filter(person_id=self.person_id, person__is_active=True, state=MembershipState.ACTIVE)
            .first()
        )
        return visitor_with(membership) if membership else guest()

    async def _forget(self, but: asyncio.Task[Any] | None = None) -> None:
        """Leave every group and end the tasks of this socket."""
        tasks = self.tasks - {but}
        for task in tasks:
            task.cancel()
        for name in (*self.channels.values(), self.rights):
            await hub.leave(name, self)
        self.channels.clear()
        await asyncio.gather(*tasks, return_exceptions=True)


class PageConsumer(LiveConsumer):
    """The one socket of a page at ``/ws/``: channels of all apps, see ``channels.register_channel``."""

    async def groups_allowed(self, wanted: Iterable[str]) -> dict[str, str]:
        visitor = await database_sync_to_async(self._visitor)()
        allowed = {}
        for channel in wanted:
            found = find_channel(channel)
            if found and visitor.is_member and await found.may_subscribe(visitor, found.id):
                allowed[channel] = group(found.prefix, found.id)
        return allowed

    async def act(self, wish: Wish) -> str:
        """The right is asked of the channel's owner anew, and once more by the domain function that does it."""
        visitor = await database_sync_to_async(self._visitor)()
        found = find_channel(wish.channel) if wish.channel in self.channels else None
        may = found is not None and visitor.is_member and await found.may_subscribe(visitor, found.id)
        if not may or found is None or found.act is None:
            raise Refusal(_("Das ist hier nicht möglich."))
        return await found.act(visitor, found.id, wish.do, wish.values)
