"""Registry of what the page header counts; the forum fills it."""

from __future__ import annotations

from collections.abc import Callable

from dkbm.tenancy.http import NetworkRequest

_counters: list[Callable[[NetworkRequest], int]] = []


def register_unread_counter(counter: Callable[[NetworkRequest], int]) -> None:
    """``counter(request)`` returns how much is new for this visitor, in at most one query."""
    _counters.append(counter)


def unread_count(request: NetworkRequest) -> int:
    membership = getattr(request, "membership", None)
    if not membership or not membership.is_active:
        return 0
    return sum(counter(request) for counter in _counters)
