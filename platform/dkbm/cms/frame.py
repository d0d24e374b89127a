"""Registry of what the page header counts; the forum fills it."""

from __future__ import annotations

from collections.abc import Callable

from dkbm.tenancy.visitor import Visitor

_counters: list[Callable[[Visitor], int]] = []


def register_unread_counter(counter: Callable[[Visitor], int]) -> None:
    """``counter(visitor)`` returns how much is new for them, in at most one query."""
    _counters.append(counter)


def unread_count(visitor: Visitor) -> int:
    if not visitor.is_member:
        return 0
    return sum(counter(visitor) for counter in _counters)
