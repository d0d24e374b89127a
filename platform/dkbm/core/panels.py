"""Blocks that apps show on the pages of apps below them. The page's app names the place, others fill it at start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest

Load = Callable[..., dict[str, Any] | None]


@dataclass(frozen=True)
class Panel:
    """``load(request)``, on the page of one thing ``load(request, thing)``, returns what the template calls ``panel``.

    ``None``: nothing to show to this visitor. ``order``: small numbers first.
    """

    template: str
    load: Load
    order: int = 100


@dataclass(frozen=True)
class LoadedPanel:
    template: str
    context: dict[str, Any]


@dataclass(frozen=True, eq=False)
class Place:
    """Where panels stand, such as ``Place("cms.home.main")``; a constant of the app whose page it is."""

    name: str
    _panels: list[Panel] = field(default_factory=list, repr=False)

    def register(self, panel: Panel) -> None:
        self._panels.append(panel)

    def panels(self, request: HttpRequest, *about: Any) -> list[LoadedPanel]:
        """What this visitor gets to see, in order."""
        loaded = []
        for panel in sorted(self._panels, key=lambda panel: panel.order):
            context = panel.load(request, *about)
            if context is not None:
                loaded.append(LoadedPanel(panel.template, context))
        return loaded
