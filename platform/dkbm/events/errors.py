"""Why a registration could not be written, in German sentences for the page."""

from __future__ import annotations

from dkbm.core.decisions import Refusal


class RegistrationRefused(Refusal):
    """The whole registration is not possible."""


class EventRefused(Refusal):
    """An event cannot be written like this. ``field``: of the form, or ""; ``row``: of its programme, or ``None``."""

    def __init__(self, reason: str, *, field: str = "", row: int | None = None) -> None:
        super().__init__(reason, field=field)
        self.row = row


class WorkshopFull(RegistrationRefused):
    """Somebody else took the last seat. ``slot``: the slot whose choice failed."""

    def __init__(self, slot: str, reason: str) -> None:
        super().__init__(reason)
        self.slot = slot
