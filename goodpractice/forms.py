"""The catalogue's filters, and the form of an example's row in the CMS."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dkbm.search.domain.queries.words import MAX_LENGTH
from dkbm.search.text import clean
from goodpractice.domain.queries.catalogue import FACETS, Choice

BY_DATE = "geprueft"
LABELS = {
    "eckpunkt": (_("Eckpunkt"), _("Alle Eckpunkte")),
    "art": (_("Art"), _("Alle Arten")),
    "thema": (_("Thema"), _("Alle Themen")),
    "phase": (_("Bildungsphase"), _("Alle Phasen")),
    "programm": (_("Programm"), _("Alle Programme")),
    "kommune": (_("Kommune"), _("Alle Kommunen")),
}


def asked(data: Any) -> dict[str, Any]:
    """`q`, `chosen` (facet -> value) and `by_date` of the query string, whatever somebody typed into it."""
    return {
        "q": clean(data.get("q", "")).strip()[:MAX_LENGTH],
        "chosen": {name: clean(data[name]) for name in FACETS if data.get(name)},
        "by_date": data.get("sortierung") == BY_DATE,
    }


class CatalogueForm(forms.Form):
    """Drawn only: it shows the choices with their numbers; what was asked is read by :func:`asked`."""

    q = forms.CharField(label=_("Suchwort"), required=False, max_length=MAX_LENGTH)
    sortierung = forms.ChoiceField(
        label=_("Reihenfolge"),
        required=False,
        choices=[("", _("nach Titel")), (BY_DATE, _("zuletzt geprüfte zuerst"))],
    )

    def __init__(self, *, asked: dict[str, Any], choices: dict[str, list[Choice]]) -> None:
        initial = {**asked["chosen"], "q": asked["q"], "sortierung": BY_DATE if asked["by_date"] else ""}
        super().__init__(initial=initial)
        for name in FACETS:
            label, everything = LABELS[name]
            shown = [(choice.value, f"{choice.label} ({choice.number})") for choice in choices[name]]
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=[("", everything), *shown])
        self.order_fields(["q", *FACETS, "sortierung"])
        self.active = len(asked["chosen"])

    @property
    def narrowing(self) -> list[forms.BoundField]:
        """All fields but the search word: on small screens they lie behind one fold."""
        return [field for field in self if field.name != "q"]
