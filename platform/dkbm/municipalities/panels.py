"""How many municipalities a network has, on its front page."""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.http import NetworkRequest

from .domain.queries.own import own_municipalities


def number_panel(request: NetworkRequest) -> dict[str, Any] | None:
    number = len(own_municipalities(request.visitor))
    return {"number": number} if number else None
