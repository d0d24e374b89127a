"""Engines of the search, chosen by the setting ``SEARCH_ENGINE``: who finds the entries that meet a question."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from django.conf import settings

from .base import Engine
from .elastic import ElasticEngine
from .postgres import PostgresEngine

ENGINES: dict[str, Callable[[], Engine]] = {"postgres": PostgresEngine, "elasticsearch": ElasticEngine}
"""Name in the setting -> what makes it."""


def engine() -> Engine:
    """The one that is set; PostgreSQL needs nothing else."""
    return _made(getattr(settings, "SEARCH_ENGINE", "postgres"))


@cache
def _made(name: str) -> Engine:
    return ENGINES[name]()
