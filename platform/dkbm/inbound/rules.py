"""Who may see what became of an answer by mail."""

from __future__ import annotations

from dkbm.core.decisions import Decision
from dkbm.notifications.rules import may_read_notifications
from dkbm.tenancy.visitor import Visitor


def may_read_own_answers(visitor: Visitor) -> Decision:
    """Members their own, as with what they are told."""
    return may_read_notifications(visitor)
