"""How many examples there are, and from where: what the front page says of the catalogue."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from dkbm.core.maps.coloured import Area
from dkbm.municipalities.domain.queries.own import own_municipalities
from dkbm.tenancy.visitor import Visitor
from goodpractice.domain.queries.items import visible_items
from goodpractice.models import ContactPerson

NUMBERS = "goodpractice.numbers"


@dataclass(frozen=True)
class Numbers:
    """Of the examples that a visitor may see. ``places``: key of a municipality -> the examples that come from there,
    each as often as it names one."""

    total: int
    with_contact: int
    places: dict[int, set[int]]


def numbers(visitor: Visitor) -> Numbers:
    """One query a request; it reads a line for each example and municipality, whatever else there is."""
    return visitor.remembered(NUMBERS, lambda: _numbers(visitor))


def _numbers(visitor: Visitor) -> Numbers:
    called = Exists(ContactPerson.objects.filter(item=OuterRef("pk")))
    rows = visible_items(visitor).order_by().annotate(called=called)
    places: dict[int, set[int]] = defaultdict(set)
    items: dict[int, bool] = {}
    for pk, has_contact, *named in rows.values_list("pk", "called", "municipality", "further_municipalities"):
        items[pk] = has_contact
        for place in named:
            if place is not None:
                places[place].add(pk)
    return Numbers(len(items), sum(items.values()), places)


def example_areas(visitor: Visitor) -> tuple[Area, ...]:
    """The network's own municipalities, each with the number of its examples."""
    places = numbers(visitor).places
    return tuple(
        Area(place.district_key, place.name, place.get_absolute_url(), len(places.get(place.pk, ())))
        for place in own_municipalities(visitor)
    )
