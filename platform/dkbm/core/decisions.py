"""A decision with its reason, so that a page can say why something is not possible."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Decision:
    """True or false in a condition; ``reason`` is a German sentence, empty when allowed."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Decision(True)


def refused(reason: str) -> Decision:
    return Decision(False, str(reason))


class Refusal(Exception):
    """Something is not possible now; apps raise their own kind of it.

    ``reason``: a German sentence for the person. ``field``: the form's field that it is about, or empty.
    """

    def __init__(self, reason: str, *, field: str = "") -> None:
        super().__init__(str(reason))
        self.reason = str(reason)
        self.field = field

    @classmethod
    def insist(cls, decision: Decision) -> None:
        """Raise it with the reason of a negative decision."""
        if not decision:
            raise cls(decision.reason)
