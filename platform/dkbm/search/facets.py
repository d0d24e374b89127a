"""Facets: by what the things that are found can be narrowed and counted.

A facet is declared once, where its values are known, and registered for each type of entry that has it. How to add
one: `platform/docs/contributing.md`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Label = str | Promise
MOST_KEYS = 20
"""So many values of one facet are read from an address."""
RESERVED = {"type", "limit", "q", "art", "sortierung", "seite", "facet"}
"""Names that search page and API use for something else."""


@dataclass(frozen=True, eq=False)
class Facet:
    """``key`` stands in the index and in the API, ``param`` in the German addresses of pages.

    ``every``: how "no choice" is called in a list to choose from. ``order``: place among the facets. ``on_hits``: its
    labels are shown with each result. ``is_scope``: one searches within one of its values, and is told so.
    """

    key: str
    param: str
    label: Label
    every: Label
    order: int
    on_hits: bool = False
    is_scope: bool = False


class FacetValue(NamedTuple):
    """One value that a thing has: a ``key`` that never changes, and how people call it. They are offered by ``order``,
    then by label.
    """

    key: str
    label: Label
    order: int = 0


FacetValues = Mapping[Facet, Sequence[FacetValue | tuple[str, Label]]]

TAG = Facet("tag", "schlagwort", _("Schlagwort"), _("Alle Schlagwörter"), order=20)
GROUP = Facet("workgroup", "gruppe", _("Arbeitsgruppe"), _("Alle Arbeitsgruppen"), order=40, is_scope=True)
"""The AG that something belongs to, also what is a sub-group's."""
YEAR = Facet("year", "jahr", _("Jahr"), _("Alle Jahre"), order=90)

_by_type: dict[str, list[Facet]] = {}


def register_facets(type: str, *facets: Facet) -> None:
    """Entries of this type may have values of these facets. Raises ``ValueError`` for a name that is taken."""
    for facet in facets:
        for other in all_facets():
            if other is not facet and {other.key, other.param} & {facet.key, facet.param}:
                raise ValueError(f"Facet {facet.key!r} takes a name of facet {other.key!r}.")
        if RESERVED & {facet.key, facet.param}:
            raise ValueError(f"Facet {facet.key!r} takes a name that the search needs for itself.")
        known = _by_type.setdefault(str(type), [])
        if facet not in known:
            known.append(facet)


def facets_of(type: str) -> tuple[Facet, ...]:
    """What entries of this type may be narrowed by."""
    return tuple(_by_type.get(str(type), ()))


def all_facets() -> list[Facet]:
    """Every registered facet, in order."""
    return sorted({facet for facets in _by_type.values() for facet in facets}, key=lambda facet: facet.order)


def is_shared(facet: Facet) -> bool:
    """Things of several types have it."""
    return sum(facet in facets for facets in _by_type.values()) > 1


def tag_values(tags: Iterable[Any]) -> list[FacetValue]:
    """Values of :data:`TAG` from ``cms.NetworkTag`` rows."""
    return [FacetValue(tag.slug, tag.name) for tag in tags]


def year_values(year: int | None) -> list[FacetValue]:
    """Values of :data:`YEAR`, offered newest first."""
    return [FacetValue(str(year), str(year), -year)] if year else []


def check_facets(type: str, facets: FacetValues) -> None:
    """Raises ``ValueError`` for a facet that is not registered for the type, and for a value without key or label."""
    for facet, values in facets.items():
        if facet not in facets_of(type):
            raise ValueError(f"Entries of type {type!r} have no facet {facet!r}: register_facets.")
        if isinstance(values, str) or not all(_is_value(value) for value in values):
            raise ValueError(f"Facet {facet.key!r} takes a list of (key, label), not {values!r}.")


def _is_value(value: Any) -> bool:
    return (
        isinstance(value, tuple)
        and len(value) in (2, 3)
        and isinstance(value[0], str)
        and isinstance(value[1], str | Promise)
        and bool(value[0] and str(value[1]))
        and all(isinstance(order, int) for order in value[2:])
    )
