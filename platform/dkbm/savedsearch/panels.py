"""What stands beside the results of a search: the button that keeps it."""

from __future__ import annotations

from typing import Any

from dkbm.savedsearch.domain.queries.searches import searches_of
from dkbm.search.facets import Facet
from dkbm.tenancy.http import NetworkRequest


def save_panel(request: NetworkRequest, asked: Any) -> dict[str, Any] | None:
    """For members. ``asked``: ``search.forms.Asked``."""
    if not request.visitor.is_member:
        return None
    chosen: dict[Facet, list[str]] = asked.chosen
    values = {facet.key: list(keys) for facet, keys in chosen.items() if keys}
    saved = searches_of(request.visitor).filter(q=asked.q, type=asked.type, chosen=values).exists()
    pairs = [f"{key}={value}" for key, keys in values.items() for value in keys]
    return {"asked": asked, "saved": saved, "pairs": pairs}
