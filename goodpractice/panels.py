"""What the catalogue shows on the home page, and to guests on the front page."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dkbm.core.maps.coloured import ColouredMap, Unit
from dkbm.tenancy.http import NetworkRequest
from goodpractice.domain.queries.front import example_areas, front_items, numbers
from goodpractice.domain.queries.items import newest_items

NUMBER = 3


def newest_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """ "Neue gute Praxis": the newest that this visitor may see; ``None`` while the catalogue is empty."""
    items = newest_items(request.visitor, NUMBER)
    return {"items": items} if items else None


def number_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """How many examples guests may read, and how many of them name somebody to call."""
    found = numbers(request.visitor)
    return {"numbers": found} if found.total else None


def map_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """The network's municipalities, coloured by their examples; ``None`` for a network without municipalities."""
    areas = example_areas(request.visitor)
    if not areas:
        return None
    unit = Unit(one=_("Beispiel"), many=_("Beispiele"), none=_("kein Beispiel"))
    number = len(areas)
    label = ngettext("Die Kommune als Liste", "Alle %(number)s Kommunen als Liste", number) % {"number": number}
    return {"coloured": ColouredMap(_("Gute Beispiele aus den Kommunen des Netzwerks"), label, areas, unit)}


def front_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """Three examples, and the number of all."""
    items = front_items(request.visitor, NUMBER)
    return {"items": items, "total": numbers(request.visitor).total} if items else None
