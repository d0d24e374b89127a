"""Registry of the group that people choose when they sign up; filled by the app above that knows groups."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from dkbm.tenancy.models import Membership

Choice = tuple[str, str, str]
"""Value, label, description."""


class Hook(Protocol):
    def __call__(self, *, membership: Membership, value: str) -> None: ...


@dataclass(frozen=True)
class ChoiceProvider:
    """``choices()``: what the bound network offers now. ``suggest(function)``: the value that matches, or ``None``.

    ``on_requested`` runs when somebody asks for membership with this choice ('' for none), ``on_admitted`` and
    ``on_refused`` when that is decided; all in the transaction of the caller. Who asks again may choose another
    one, which takes the place of the first. A value that is gone by then must be tolerated.
    """

    choices: Callable[[], list[Choice]]
    suggest: Callable[[str], str | None]
    on_requested: Hook
    on_admitted: Hook
    on_refused: Hook


_providers: list[ChoiceProvider] = []


def register_choice(provider: ChoiceProvider) -> None:
    """There is one choice at sign-up; the last one registered counts."""
    _providers[:] = [provider]


def provider() -> ChoiceProvider | None:
    return _providers[0] if _providers else None


def choices() -> list[Choice]:
    """What can be chosen in the bound network; empty without a provider."""
    found = provider()
    return found.choices() if found else []


def suggest(function: str) -> str | None:
    """The choice that matches ``function``, ``None`` where nothing does."""
    found = provider()
    return found.suggest(function) if found else None


def label_of(value: str) -> str:
    """Label of ``value``, empty when it is not offered (any more)."""
    return next((label for key, label, _description in choices() if key == value), "") if value else ""


def on_requested(*, membership: Membership, value: str) -> None:
    if found := provider():
        found.on_requested(membership=membership, value=value)


def on_admitted(*, membership: Membership, value: str) -> None:
    if value and (found := provider()):
        found.on_admitted(membership=membership, value=value)


def on_refused(*, membership: Membership, value: str) -> None:
    if found := provider():
        found.on_refused(membership=membership, value=value)
