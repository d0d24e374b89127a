"""Why a registration could not be written, in German sentences for the page."""

from __future__ import annotations


class RegistrationRefused(Exception):
    """The whole registration is not possible."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class WorkshopFull(RegistrationRefused):
    """Somebody else took the last seat. ``slot``: the slot whose choice failed."""

    def __init__(self, slot: str, reason: str) -> None:
        super().__init__(reason)
        self.slot = slot
