"""Registry of what the header of every page shows of the apps above: areas, and the number of what is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dkbm.tenancy.visitor import Visitor


@dataclass(frozen=True)
class Area:
    label: str
    url: str
    current: bool


HOME = (_("Übersicht"), "/")
_areas: dict[str, tuple[int, Any]] = {}
_counters: list[Callable[[Visitor], int]] = []


def register_area(label: Any, url_name: str, *, order: int) -> None:
    """Name an area in the header, behind the home page. ``label``: German, lazily translated."""
    _areas[url_name] = (order, label)


def areas(path: str) -> list[Area]:
    """The home page and the registered areas in order; the current one is marked."""
    ordered = sorted(_areas.items(), key=lambda item: item[1][0])
    named = [HOME, *((label, reverse(url_name)) for url_name, (_order, label) in ordered)]
    return [Area(str(label), url, path == url or (url != "/" and path.startswith(url))) for label, url in named]


def register_unread_counter(counter: Callable[[Visitor], int]) -> None:
    """``counter(visitor)`` returns how much is new for them, in at most one query."""
    _counters.append(counter)


def unread_count(visitor: Visitor) -> int:
    if not visitor.is_member:
        return 0
    return sum(counter(visitor) for counter in _counters)
