"""What may be typed about a saved search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import LineField, RefusableForm
from dkbm.search.facets import all_facets
from dkbm.search.questions import MAX_LENGTH
from dkbm.search.text import clean
from dkbm.search.types import type_keys

from .models import LONGEST_NAME

MOST_FILTERS = 40


class NameForm(RefusableForm):
    name = LineField(label=_("Name"), max_length=LONGEST_NAME)


class SaveForm(forms.Form):
    """What the button on the results sends: nobody types it, so what cannot be read is left out."""

    q = forms.CharField(required=False)
    art = forms.CharField(required=False)

    def __init__(self, data: QueryDict) -> None:
        super().__init__({name: clean(str(value)) for name, value in data.items()})
        self._pairs = [clean(pair) for pair in data.getlist("filter")[:MOST_FILTERS]]

    def values(self) -> dict[str, Any]:
        self.is_valid()
        type = self.cleaned_data.get("art", "")
        return {
            "q": self.cleaned_data.get("q", "").strip()[:MAX_LENGTH],
            "type": type if type in type_keys() else "",
            "chosen": self._chosen(),
        }

    def _chosen(self) -> Mapping[str, list[str]]:
        known = {facet.key for facet in all_facets()}
        chosen: dict[str, list[str]] = {}
        for facet, _equals, key in (pair.partition("=") for pair in self._pairs):
            if facet in known and key and key not in chosen.get(facet, []):
                chosen.setdefault(facet, []).append(key)
        return chosen
