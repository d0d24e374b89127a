"""All URL patterns of the product, flattened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver

from dkbm.config import urls, urls_front_door


@dataclass(frozen=True)
class Pattern:
    """``name`` with its namespaces (``""`` for unnamed), ``route`` from the root, ``parameters`` in order."""

    name: str
    route: str
    parameters: tuple[str, ...]


def patterns_of(urlconf: str) -> list[Pattern]:
    """Every pattern below ``urlconf``, included ones too."""
    return list(_walk(get_resolver(urlconf).url_patterns, "", ()))


def network_patterns() -> list[Pattern]:
    return patterns_of(urls.__name__)


def front_door_patterns() -> list[Pattern]:
    return patterns_of(urls_front_door.__name__)


def _walk(entries: list[Any], prefix: str, namespaces: tuple[str, ...]) -> Iterator[Pattern]:
    for entry in entries:
        route = prefix + str(entry.pattern)
        if hasattr(entry, "url_patterns"):
            inner = (*namespaces, entry.namespace) if entry.namespace else namespaces
            yield from _walk(entry.url_patterns, route, inner)
            continue
        converters = getattr(entry.pattern, "converters", None)
        parameters = tuple(converters) if converters is not None else tuple(entry.pattern.regex.groupindex)
        yield Pattern(":".join((*namespaces, entry.name)) if entry.name else "", route, parameters)
