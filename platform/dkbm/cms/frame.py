"""Registry of what the header of every page shows of the apps above: areas, and the number of what is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from dkbm.core.paths import network_path, page_path
from dkbm.tenancy.visitor import Visitor


@dataclass(frozen=True)
class Area:
    label: str
    url: str
    current: bool


HOME = (_("Übersicht"), "/")
_areas: dict[str, tuple[int, Any, Callable[[], str]]] = {}
_districts: list[Callable[[], frozenset[str]]] = []
_counters: list[Callable[[Visitor], int]] = []


def register_area(label: Any, url_name: str, *, order: int) -> None:
    """Name an area in the header, behind the home page. ``label``: German, lazily translated."""
    _areas[url_name] = (order, label, lambda: network_path(url_name))


def register_page_area(label: Any, slug: str, *, order: int) -> None:
    """As :func:`register_area`, for a page that every network has below its home page."""
    _areas[slug] = (order, label, lambda: page_path(slug))


def areas(path: str) -> list[Area]:
    """The home page and the registered areas in order; the current one is marked."""
    ordered = sorted(_areas.values(), key=lambda area: area[0])
    named = [HOME, *((label, address()) for _order, label, address in ordered)]
    return [Area(str(label), url, path == url or (url != "/" and path.startswith(url))) for label, url in named]


def register_districts(districts: Callable[[], frozenset[str]]) -> None:
    """``districts()`` returns the official keys of the districts that the bound network is for; at most one query."""
    _districts.append(districts)


def districts() -> frozenset[str]:
    """The districts whose Land stands in the bound network's sign; empty: it has a letter."""
    return frozenset(key for each in _districts for key in each())


def register_unread_counter(counter: Callable[[Visitor], int]) -> None:
    """``counter(visitor)`` returns how much is new for them, in at most one query."""
    _counters.append(counter)


def unread_count(visitor: Visitor) -> int:
    if not visitor.is_member:
        return 0
    return sum(counter(visitor) for counter in _counters)
