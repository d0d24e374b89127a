"""Examples by the municipalities that they come from, as the catalogue's map and the list beside it show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dkbm.core.maps.coloured import Area, ColouredMap, Unit
from dkbm.municipalities.domain.queries.own import own_municipalities
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.visitor import Visitor
from goodpractice.models import Transfergegenstand


@dataclass(frozen=True)
class PlaceWithItems:
    """A municipality with its examples; ``url``: the list of exactly these."""

    name: str
    url: str
    items: list[Transfergegenstand] = field(default_factory=list)


@dataclass(frozen=True)
class ItemsByPlace:
    """``places`` by name: an example that names two stands in both. ``nowhere``: those that name none.

    ``map``: the network's own municipalities; what comes from elsewhere is in the list alone.
    """

    total: int
    places: list[PlaceWithItems]
    nowhere: list[Transfergegenstand]
    map: ColouredMap

    @property
    def in_several(self) -> bool:
        """Whether the numbers of the places are together more than there are examples."""
        return sum(len(place.items) for place in self.places) + len(self.nowhere) > self.total


def items_by_place(
    items: QuerySet[Transfergegenstand], *, visitor: Visitor, url_of: Callable[[str], str], only: str = ""
) -> ItemsByPlace:
    """``items`` in order; ``url_of(slug of a municipality)``; ``only``: the slug to which they are narrowed.

    Three queries: examples, their further places, the network's own municipalities.
    """
    rows = list(items.select_related("municipality").prefetch_related("further_municipalities"))
    nowhere: list[Transfergegenstand] = []
    found: dict[int, tuple[Municipality, PlaceWithItems]] = {}
    for item in rows:
        named = {place.pk: place for place in (item.municipality, *item.further_municipalities.all()) if place}
        if not named:
            nowhere.append(item)
        for pk, place in named.items():
            if only in {"", place.slug}:
                found.setdefault(pk, (place, PlaceWithItems(place.name, url_of(place.slug))))[1].items.append(item)
    by_name = sorted(found.values(), key=lambda each: each[0].sort_name)
    own = own_municipalities(visitor) or [place for place, _shown in by_name]
    areas = tuple(_area(place, found[place.pk][1] if place.pk in found else None) for place in own)
    unit = Unit(one=_("Beispiel"), many=_("Beispiele"), none=_("kein Beispiel"))
    title = _("Beispiele dieser Auswahl nach Kommunen")
    return ItemsByPlace(len(rows), [shown for _place, shown in by_name], nowhere, ColouredMap(title, "", areas, unit))


def _area(place: Municipality, shown: PlaceWithItems | None) -> Area:
    return Area(place.district_key, place.name, shown.url if shown else "", len(shown.items) if shown else 0)
