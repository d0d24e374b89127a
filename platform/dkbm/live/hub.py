"""One subscription per process and group; the readers of a group are served from memory."""

from __future__ import annotations

from typing import Any, Protocol


class Reader(Protocol):
    """What the hub knows of a socket."""

    def deliver(self, text: str) -> None:
        """Take one message for sending; must neither wait nor raise."""


class Hub:
    def __init__(self) -> None:
        self.members: dict[str, set[Any]] = {}

    async def join(self, group: str, reader: Reader) -> None:
        self.members.setdefault(group, set()).add(reader)

    async def leave(self, group: str, reader: Reader) -> None:
        self.members.get(group, set()).discard(reader)


hub = Hub()
