"""Registry of what the apps above add to a network when it is founded, filled in ``apps.ready()``."""

from __future__ import annotations

from collections.abc import Callable

_steps: list[Callable[[], object]] = []


def register_founding_step(step: Callable[[], object]) -> None:
    """``step()`` runs with the new network bound, in the transaction of its founding; it must be idempotent."""
    _steps.append(step)


def run_founding_steps() -> None:
    for step in _steps:
        step()
