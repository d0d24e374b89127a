"""Paths by the names of their URLs, for code that may run on another host than the one that the path belongs to."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.urls import reverse


@lru_cache(4096)
def network_path(name: str, *args: Any) -> str:
    """Path on a network's host, also where an operator's request on the front door is what caused it.

    Kept, for a page asks for the same ones again and again: it follows from name and arguments (hashable) alone.
    """
    return reverse(name, urlconf=settings.ROOT_URLCONF, args=args)


def front_door_path(name: str) -> str:
    """Path on the bare domain, where operators work."""
    return reverse(name, urlconf=settings.FRONT_DOOR_URLCONF)


def page_path(*slugs: str) -> str:
    """Path of a page in a network's tree; ``page_path("blickpunkt", "heft-3")``. No query is spent on it."""
    return network_path("wagtail_serve", "".join(f"{slug}/" for slug in slugs))
