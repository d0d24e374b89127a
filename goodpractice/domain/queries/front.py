"""What the front page says of the catalogue: how many examples there are and from where, and some of them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Exists, OuterRef, Subquery, When
from django.urls import reverse
from django.utils.http import urlencode

from dkbm.cms.models import NetworkImage
from dkbm.cms.showing import ACROSS, ShownPicture, picture_of
from dkbm.core.maps.coloured import Area
from dkbm.core.maps.place import Spot, spot_of
from dkbm.municipalities.domain.queries.own import own_municipalities
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.visitor import Visitor
from goodpractice.domain.queries.items import of_first_contact, visible_items
from goodpractice.enums import Kind, icon_of_eckpunkt
from goodpractice.facets import PLACE
from goodpractice.models import ContactPerson, ItemEckpunkt

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
        Area(place.district_key, place.name, *_examples_of(place, len(places.get(place.pk, ()))))
        for place in own_municipalities(visitor)
    )


def _examples_of(place: Municipality, number: int) -> tuple[str, int]:
    """Address and number; a place without an example that this visitor may see leads nowhere."""
    return (f"{reverse('goodpractice:list')}?{urlencode({PLACE: place.slug})}" if number else "", number)


@dataclass(frozen=True)
class Mark:
    """A word and its sign in ``icons.svg``."""

    icon: str
    word: str


@dataclass(frozen=True)
class FrontItem:
    """A card. ``place``, ``contact`` (a function) and ``summary`` may be empty, ``spot`` and ``picture`` none."""

    title: str
    url: str
    marks: list[Mark]
    place: str
    district_key: str
    contact: str
    summary: str
    picture: ShownPicture | None

    @property
    def icon(self) -> str:
        """The sign of its kind."""
        return self.marks[0].icon

    @property
    def spot(self) -> Spot | None:
        return spot_of(self.district_key)


SHOWN = (
    "slug", "title", "kind", "municipality__name", "municipality__district_key", "page__live", "page__summary",
    "page__picture", "page__picture_alt",
)  # fmt: skip


def front_items(visitor: Visitor, number: int) -> list[FrontItem]:
    """For those who know nothing yet: what a municipality did comes first, then the newest.

    One query, and one for pictures where there are some.
    """
    first = ItemEckpunkt.objects.filter(item=OuterRef("pk")).order_by("position")
    point, short = first.values("eckpunkt__number")[:1], first.values("eckpunkt__short")[:1]
    nowhere = Case(When(municipality=None, then=1), default=0)
    items = visible_items(visitor).order_by(nowhere, "-published", "-pk")
    rows = items.annotate(contact=of_first_contact("function"), point=Subquery(point), short=Subquery(short))
    found = list(rows.values_list(*SHOWN, "contact", "point", "short", named=True)[:number])
    chosen = {row.page__picture for row in found if row.page__live} - {None}
    pictures = NetworkImage.objects.in_bulk(chosen) if chosen else {}
    return [_front_item(row, pictures.get(row.page__picture)) for row in found]


def _front_item(row: Any, picture: NetworkImage | None) -> FrontItem:
    kind = Kind(row.kind)
    marks = [Mark(kind.icon, str(kind.label))]
    if row.point and row.short:
        marks.append(Mark(icon_of_eckpunkt(row.point), row.short))
    return FrontItem(
        title=row.title,
        url=reverse("goodpractice:item", args=[row.slug]),
        marks=marks,
        place=row.municipality__name or "",
        district_key=row.municipality__district_key or "",
        contact=row.contact or "",
        summary=row.page__summary if row.page__live else "",
        picture=picture_of(picture, alt=row.page__picture_alt, shape=ACROSS) if row.page__live else None,
    )
