"""Registry of further blocks on a person's own page /konto/ (groups), filled by the apps above."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dkbm.tenancy.http import NetworkRequest


@dataclass(frozen=True)
class AccountSection:
    """A block on /konto/. ``load(request)`` returns the template's context or ``None`` to show nothing."""

    template: str
    load: Callable[[NetworkRequest], dict[str, Any] | None]
    order: int = 100


_sections: list[AccountSection] = []


def register_account_section(section: AccountSection) -> None:
    _sections.append(section)


def account_sections(request: NetworkRequest) -> list[tuple[str, dict[str, Any]]]:
    """Template and context of each section that has something to show to this person."""
    loaded = ((entry.template, entry.load(request)) for entry in sorted(_sections, key=lambda entry: entry.order))
    return [(template, context) for template, context in loaded if context is not None]
