"""Registry of what the header of every page shows of the apps above: areas, and the number of what is new."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.utils.translation import gettext_lazy as _

from dkbm.core.paths import network_path, page_path
from dkbm.tenancy.visitor import Visitor


@dataclass(frozen=True)
class AreaPage:
    label: str
    url: str
    current: bool


@dataclass(frozen=True)
class Area:
    """``pages``: where an area has several, all of them; its own address is that of the first."""

    label: str
    url: str
    current: bool
    pages: tuple[AreaPage, ...] = ()


HOME = (_("Übersicht"), "/")
_areas: dict[str, tuple[int, Any, Callable[[], str]]] = {}
_further_pages: dict[str, list[tuple[Any, Callable[[], str]]]] = {}
_districts: list[Callable[[], frozenset[str]]] = []
_counters: list[Callable[[Visitor], int]] = []


def register_area(label: Any, url_name: str, *, order: int) -> None:
    """Name an area in the header, behind the home page. ``label``: German, lazily translated."""
    _areas[url_name] = (order, label, lambda: network_path(url_name))


def register_page_area(label: Any, slug: str, *, order: int) -> None:
    """As :func:`register_area`, for a page that every network has below its home page."""
    _areas[slug] = (order, label, lambda: page_path(slug))


def register_further_pages(slug: str, own: Any, *pages: tuple[Any, str]) -> None:
    """The area at ``slug`` has more pages, each with label and URL name, beside its own, which is labelled ``own``."""
    named = [(label, partial(network_path, url_name)) for label, url_name in pages]
    _further_pages[slug] = [(own, partial(page_path, slug)), *named]


def areas(path: str) -> list[Area]:
    """The home page and the registered areas in order; the current one is marked."""
    ordered = sorted(_areas.items(), key=lambda item: item[1][0])
    return [Area(str(HOME[0]), HOME[1], path == HOME[1]), *(_area(path, slug, *area[1:]) for slug, area in ordered)]


def _area(path: str, slug: str, label: Any, address: Callable[[], str]) -> Area:
    named = [(str(own), each()) for own, each in _further_pages.get(slug, [])]
    pages = tuple(AreaPage(own, url, path.startswith(url)) for own, url in named)
    url = address()
    return Area(str(label), url, path.startswith(url) or any(page.current for page in pages), pages)


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
