"""The catalogue's filters, and the form of an example's row in the CMS."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import LineField
from dkbm.search.domain.queries.counting import Counted
from dkbm.search.domain.queries.words import MAX_LENGTH
from dkbm.search.text import clean
from goodpractice.facets import FILTERS

BY_DATE = "geprueft"


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
    sortierung = forms.ChoiceField(
        label=_("Reihenfolge"),
        required=False,
        choices=[("", _("nach Titel")), (BY_DATE, _("zuletzt geprüfte zuerst"))],
    )

    def __init__(self, *, asked: dict[str, Any], choices: dict[str, list[Counted]]) -> None:
        initial = {**asked["chosen"], "q": asked["q"], "sortierung": BY_DATE if asked["by_date"] else ""}
        super().__init__(initial=initial)
        for name, facet in FILTERS.items():
            shown = [(choice.key, f"{choice.label} ({choice.number})") for choice in choices[name]]
            every = ("", str(facet.every))
            self.fields[name] = forms.ChoiceField(label=str(facet.label), required=False, choices=[every, *shown])
        self.order_fields(["q", *FILTERS, "sortierung"])
        self.active = len(asked["chosen"])

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """All fields but the search word: on small screens they lie behind one fold."""
        return [field for field in self if field.name != "q"]
