"""What apps above do, in the same transaction, when somebody leaves the network, a role, or a function changes."""

from __future__ import annotations

from collections.abc import Callable

from dkbm.accounts.models import Function
from dkbm.tenancy.models import Membership

OnDeparture = Callable[[Membership], None]
OnRoleLost = Callable[[Membership], None]
OnFunctionChange = Callable[[Function, Function | None], None]

_on_departure: list[OnDeparture] = []
_on_role_lost: list[OnRoleLost] = []
_on_function_change: list[OnFunctionChange] = []


def register_departure(hook: OnDeparture) -> None:
    """``hook(membership)`` runs when the membership ends: groups are left, seats given back."""
    _on_departure.append(hook)


def run_departure(membership: Membership) -> None:
    for hook in _on_departure:
        hook(membership)


def register_role_lost(hook: OnRoleLost) -> None:
    """``hook(membership)`` runs when a role is taken from a member: they may see less than before."""
    _on_role_lost.append(hook)


def run_role_lost(membership: Membership) -> None:
    for hook in _on_role_lost:
        hook(membership)


def register_function_change(hook: OnFunctionChange) -> None:
    """``hook(function, instead_of)`` runs when a function gets another label or takes another one's place.

    ``instead_of``: the function that was merged into it, ``None`` for a new label.
    """
    _on_function_change.append(hook)


def run_function_change(function: Function, instead_of: Function | None = None) -> None:
    for hook in _on_function_change:
        hook(function, instead_of)
