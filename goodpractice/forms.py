"""The catalogue's filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import LineField, PlainSelect
from dkbm.search.domain.queries.counting import Counted
from dkbm.search.questions import MAX_LENGTH
from dkbm.search.text import clean
from goodpractice.facets import FILTERS, FIRST, MORE, PLACE

BY_DATE = "geprueft"
MAP = "karte"


def asked(data: Any) -> dict[str, Any]:
    """`q`, `chosen` (name of the filter -> key) and `by_date` of the query string, whatever somebody typed into it."""
    return {
        "q": clean(data.get("q", "")).strip()[:MAX_LENGTH],
        "chosen": {name: clean(data[name]) for name in FILTERS if data.get(name)},
        "by_date": data.get("sortierung") == BY_DATE,
    }


class CatalogueForm(forms.Form):
    """Drawn only: it shows the choices with their numbers; what was asked is read by :func:`asked`."""

    q = LineField(label=_("Suchwort"), required=False, max_length=MAX_LENGTH)

    def __init__(self, *, asked: dict[str, Any], choices: dict[str, list[Counted]]) -> None:
        super().__init__(initial={**asked["chosen"], "q": asked["q"]})
        for name, facet in FILTERS.items():
            shown = [(choice.key, f"{choice.label} ({choice.number})") for choice in choices[name]]
            every = ("", str(facet.every))
            label = str(facet.label)
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[every, *shown], widget=PlainSelect
            )
        self.active_more = len(MORE.keys() & asked["chosen"].keys())

    @property
    def first(self) -> list[forms.BoundField]:
        return [self[name] for name in FIRST]

    @property
    def more(self) -> list[forms.BoundField]:
        """Behind a fold, which is open while one of them narrows the list."""
        return [self[name] for name in MORE]


def view_links(data: QueryDict, *, as_map: bool) -> list[dict[str, Any]]:
    """Links to both views of what is chosen now: as a list, from its first page on, and on the map."""
    kept = _without(data, "seite", "ansicht")
    on_map = kept.copy()
    on_map["ansicht"] = MAP
    return [
        {"label": _("Liste"), "icon": "liste", "url": f"?{kept.urlencode()}", "current": not as_map},
        {"label": _("Karte"), "icon": "karte", "url": f"?{on_map.urlencode()}", "current": as_map},
    ]


def links_to_places(data: QueryDict) -> Callable[[str], str]:
    """Slug of a municipality -> link to the list of what is chosen now, narrowed to it."""
    kept = _without(data, "seite", "ansicht", PLACE)

    def url(slug: str) -> str:
        narrowed = kept.copy()
        narrowed[PLACE] = slug
        return f"?{narrowed.urlencode()}"

    return url


def _without(data: QueryDict, *names: str) -> QueryDict:
    kept = data.copy()
    for name in names:
        kept.pop(name, None)
    return kept


def order_links(data: QueryDict, *, by_date: bool) -> list[dict[str, Any]]:
    """Links to both orders of the list as it is narrowed now, from its first page on."""
    kept = _without(data, "seite", "sortierung")
    dated = kept.copy()
    dated["sortierung"] = BY_DATE
    return [
        {"label": _("nach Titel"), "url": f"?{kept.urlencode()}", "current": not by_date},
        {"label": _("zuletzt geprüfte zuerst"), "url": f"?{dated.urlencode()}", "current": by_date},
    ]
