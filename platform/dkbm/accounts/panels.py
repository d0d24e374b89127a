"""What the home page shows of people: who joined lately, and to managers the requests that wait."""

from __future__ import annotations

from typing import Any

from dkbm.accounts.domain.queries.membership import count_open_requests, recent_members
from dkbm.tenancy.http import NetworkRequest

SHOWN = 5


def newcomers(request: NetworkRequest) -> dict[str, Any] | None:
    """For members: who joined lately, besides themselves."""
    visitor = request.visitor
    if visitor.person_id is None or not visitor.is_member:
        return None
    return {"people": recent_members(SHOWN, besides=visitor.person_id)}


def waiting(request: NetworkRequest) -> dict[str, Any] | None:
    """For managers: how many wait for admission, when somebody does."""
    count = count_open_requests() if request.visitor.is_manager else 0
    return {"waiting": count} if count else None
