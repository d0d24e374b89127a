"""All URL patterns of the product, flattened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import RoutePattern

from dkbm.config import urls, urls_front_door


@dataclass(frozen=True)
class Pattern:
    """``name`` with its namespaces (``""`` for unnamed), ``route`` from the root, ``parameters`` in order."""

    name: str
    route: str
    parameters: tuple[str, ...]


def patterns_of(urlconf: str) -> list[Pattern]:
    """Every pattern below ``urlconf``, included ones too."""
    return list(_walk(get_resolver(urlconf).url_patterns, Pattern("", "", ())))


def network_patterns() -> list[Pattern]:
    return patterns_of(urls.__name__)


def front_door_patterns() -> list[Pattern]:
    return patterns_of(urls_front_door.__name__)


def _groups(regex: Any) -> tuple[str, ...]:
    """Names of the groups; unnamed ones are called by their position (Wagtail's page route)."""
    return tuple(regex.groupindex) or tuple(str(position) for position in range(regex.groups))


def _parameters(pattern: Any) -> tuple[str, ...]:
    return tuple(pattern.converters) if isinstance(pattern, RoutePattern) else _groups(pattern.regex)


def _walk(entries: list[Any], above: Pattern) -> Iterator[Pattern]:
    """``above``: namespaces, route and parameters of what includes these entries."""
    for entry in entries:
        route = above.route + str(entry.pattern)
        parameters = above.parameters + _parameters(entry.pattern)
        if hasattr(entry, "url_patterns"):
            name = f"{above.name}{entry.namespace}:" if entry.namespace else above.name
            yield from _walk(entry.url_patterns, Pattern(name, route, parameters))
        else:
            yield Pattern(f"{above.name}{entry.name}" if entry.name else "", route, parameters)
