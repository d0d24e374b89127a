"""What the catalogue shows on the home page."""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.http import NetworkRequest
from goodpractice.domain.queries.items import newest_items

NUMBER = 3


def newest_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """ "Neue gute Praxis": the newest that this visitor may see; ``None`` while the catalogue is empty."""
    items = newest_items(request.visitor, NUMBER)
    return {"items": items} if items else None
