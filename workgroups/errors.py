"""What the domain functions raise."""

from __future__ import annotations

from dkbm.core.decisions import Decision


class GroupRefusal(Exception):
    """Something is not possible now; ``str()`` is a German sentence for the person. ``field``: form field or empty."""

    def __init__(self, reason: str, *, field: str = "") -> None:
        super().__init__(str(reason))
        self.reason = str(reason)
        self.field = field


def insist(decision: Decision) -> None:
    """Raise :class:`GroupRefusal` with the reason of a negative decision."""
    if not decision:
        raise GroupRefusal(decision.reason)
