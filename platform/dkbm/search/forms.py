"""What the search page is asked, read leniently: a wrong filter must not hide the results."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from .domain.queries.words import MAX_LENGTH
from .enums import EntryType
from .text import clean

NEWEST = "datum"


@dataclass(frozen=True)
class Choice:
    """A link above the results; ``number`` is ``None`` where nothing is counted."""

    label: str
    url: str
    current: bool
    number: int | None = None


@dataclass(frozen=True)
class Asked:
    q: str
    type: str
    newest_first: bool
    shortened: bool

    def url(self, *, type: str, newest_first: bool) -> str:
        query = QueryDict(mutable=True)
        query["q"] = self.q
        if type:
            query["art"] = type
        if newest_first:
            query["sortierung"] = NEWEST
        return f"?{query.urlencode()}"

    def choices(self, counts: dict[str, int]) -> dict[str, list[Choice]]:
        """``type_choices`` with numbers (the chosen one even when empty) and ``order_choices``."""
        shown = [kind for kind in EntryType if kind.value in counts or kind.value == self.type]
        types = [
            Choice(_("Alles"), self.url(type="", newest_first=self.newest_first), not self.type, sum(counts.values()))
        ]
        types += [
            Choice(
                str(kind.label),
                self.url(type=kind.value, newest_first=self.newest_first),
                kind.value == self.type,
                counts.get(kind.value, 0),
            )
            for kind in shown
        ]
        orders = [
            Choice(label, self.url(type=self.type, newest_first=newest), newest == self.newest_first)
            for label, newest in ((_("Passendes zuerst"), False), (_("Neues zuerst"), True))
        ]
        return {"type_choices": types, "order_choices": orders}


class SearchForm(forms.Form):
    q = forms.CharField(required=False, strip=True)
    art = forms.ChoiceField(choices=EntryType.choices, required=False)
    sortierung = forms.ChoiceField(choices=[(NEWEST, NEWEST)], required=False)

    def clean_q(self) -> str:
        return clean(self.cleaned_data["q"]).strip()

    def __init__(self, data: QueryDict) -> None:
        # PostgreSQL and Django refuse a NUL character; a search box must not.
        super().__init__({name: clean(str(value)) for name, value in data.items()})

    def asked(self) -> Asked:
        self.is_valid()
        values: dict[str, Any] = self.cleaned_data
        q = values.get("q", "")
        return Asked(q[:MAX_LENGTH], values.get("art", ""), values.get("sortierung") == NEWEST, len(q) > MAX_LENGTH)
