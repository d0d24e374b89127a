"""Registry of the home page's panels, filled by the apps above in ``ready()``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dkbm.tenancy.http import NetworkRequest


@dataclass(frozen=True)
class Panel:
    """One block of the home page.

    ``load(request)`` returns the template's context, or ``None`` where there is nothing to show to this
    visitor. ``place``: ``main`` or ``aside``. ``order``: small numbers first.
    """

    template: str
    load: Callable[[NetworkRequest], dict[str, Any] | None]
    place: str = "main"
    order: int = 100


@dataclass(frozen=True)
class LoadedPanel:
    template: str
    context: dict[str, Any]


_panels: list[Panel] = []


def register_panel(panel: Panel) -> None:
    """Show ``panel`` on every network's home page."""
    _panels.append(panel)


def home_panels(request: NetworkRequest) -> dict[str, list[LoadedPanel]]:
    """``main_panels`` and ``aside_panels`` for this visitor, in order."""
    loaded: dict[str, list[LoadedPanel]] = {"main_panels": [], "aside_panels": []}
    for panel in sorted(_panels, key=lambda panel: panel.order):
        context = panel.load(request)
        if context is not None:
            loaded[f"{panel.place}_panels"].append(LoadedPanel(panel.template, context))
    return loaded
