"""Registry of what an app above does when a function has another label or takes another one's place."""

from __future__ import annotations

from collections.abc import Callable

from dkbm.accounts.models import Function

Hook = Callable[[Function, Function | None], None]

_hooks: list[Hook] = []


def register_function_change(hook: Hook) -> None:
    """``hook(function, instead_of)`` runs in the transaction of the change; ``instead_of``: what was merged into it."""
    _hooks.append(hook)


def run_function_change(function: Function, instead_of: Function | None = None) -> None:
    for hook in _hooks:
        hook(function, instead_of)
