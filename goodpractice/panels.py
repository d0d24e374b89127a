"""What the catalogue shows on the home page, to guests on the front page, and on the first page of ``/cms/``."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dkbm.cms.desk import SHOWN, Row, pile
from dkbm.core.maps.coloured import ColouredMap, Unit
from dkbm.core.templatetags.transfernetz import plain_day
from dkbm.tenancy.http import NetworkRequest
from goodpractice.domain.queries.front import example_areas, front_items, numbers
from goodpractice.domain.queries.items import checks_due, newest_items

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
    if not items:
        return None
    with_pictures = any(item.picture for item in items)
    return {"items": items, "total": numbers(request.visitor).total, "with_pictures": with_pictures}


def begin_example(request: NetworkRequest) -> dict[str, Any]:
    return {"label": _("Neues Beispiel"), "url": reverse("dkbm_catalogue:add")}


def to_be_checked(request: NetworkRequest) -> dict[str, Any] | None:
    """Examples whose contacts should be asked whether all of it still holds."""
    rows = [
        Row(item.title, reverse("dkbm_catalogue:edit", args=[item.pk]), _checked(item.checked_on))
        for item in checks_due()[: SHOWN + 1]
    ]
    return pile(_("Beispiele zu prüfen"), rows, reverse("dkbm_catalogue:index"))


def _checked(day: date | None) -> str:
    if day is None:
        return _("Noch nie nachgefragt, ob die Angaben gelten")
    return _("Zuletzt nachgefragt am %(day)s") % {"day": plain_day(day)}
