"""Registry of what an app above does when somebody leaves the network (groups are left, seats given back)."""

from __future__ import annotations

from collections.abc import Callable

from dkbm.tenancy.models import Membership

_hooks: list[Callable[[Membership], None]] = []


def register_departure(hook: Callable[[Membership], None]) -> None:
    """``hook(membership)`` runs in the transaction in which the membership ends."""
    _hooks.append(hook)


def run_departure(membership: Membership) -> None:
    for hook in _hooks:
        hook(membership)
