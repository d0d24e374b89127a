"""What the domain functions raise."""

from __future__ import annotations

from dkbm.core.decisions import Decision


class ForumRefusal(Exception):
    """Something is not possible now; ``reason`` is a German sentence. ``field``: the form's field, or empty."""

    def __init__(self, reason: str, *, field: str = "") -> None:
        super().__init__(str(reason))
        self.reason = str(reason)
        self.field = field


def insist(decision: Decision) -> None:
    """Raise :class:`ForumRefusal` with the reason of a negative decision."""
    if not decision:
        raise ForumRefusal(decision.reason)
