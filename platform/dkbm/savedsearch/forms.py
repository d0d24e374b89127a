"""What may be typed about a saved search."""

from __future__ import annotations

from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dkbm.core.forms import LineField, RefusableForm
from dkbm.search.facets import MOST_KEYS, all_facets
from dkbm.search.questions import MAX_LENGTH
from dkbm.search.text import clean
from dkbm.search.types import type_keys

from .models import LONGEST_NAME

MOST_FILTERS = 40
LONGEST_KEY = 255


class NameForm(RefusableForm):
    name = LineField(label=_("Name"), max_length=LONGEST_NAME)


def asked_in(data: QueryDict) -> dict[str, Any]:
    """What the button on the results sends: nobody types it, so what cannot be read is left out."""
    type = data.get("art", "")
    return {
        "q": clean(data.get("q", "")).strip()[:MAX_LENGTH],
        "type": type if type in type_keys() else "",
        "chosen": _chosen(data.getlist("filter")[:MOST_FILTERS]),
    }


def _chosen(pairs: list[str]) -> dict[str, list[str]]:
    """As many values of a facet as the results read from an address, and none so long that no address holds it."""
    known = {facet.key for facet in all_facets()}
    chosen: dict[str, list[str]] = {}
    for facet, _equals, key in (clean(pair).partition("=") for pair in pairs):
        keys = chosen.get(facet, [])
        if facet in known and 0 < len(key) <= LONGEST_KEY and key not in keys and len(keys) < MOST_KEYS:
            chosen[facet] = [*keys, key]
    return chosen
