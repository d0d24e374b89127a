"""Sockets of pages: authenticate, subscribe, dispatch. What may be heard is decided by the topics' owners."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from channels.generic.websocket import AsyncJsonWebsocketConsumer


class LiveConsumer(AsyncJsonWebsocketConsumer):
    """Socket of a signed-in, active member of the scope's network; subclasses say which topics are allowed."""

    async def groups_allowed(self, wanted: Iterable[str]) -> dict[str, str]:
        """Topic -> group, for those of ``wanted`` topics that this person may hear now."""
        raise NotImplementedError


class PageConsumer(LiveConsumer):
    """The one socket of a page at ``/ws/``: topics of all apps, see ``topics.register_topic``."""

    async def groups_allowed(self, wanted: Iterable[str]) -> dict[str, str]:
        allowed: dict[str, Any] = {}
        return allowed
