"""What the home page shows of people: who joined lately, and to whom it is up what waits to be done."""

from __future__ import annotations

from typing import Any

from dkbm.accounts.domain.queries.membership import count_open_requests, recent_members
from dkbm.cms.domain.legal_pages import unfinished_pages
from dkbm.tenancy.http import NetworkRequest

SHOWN = 5


def newcomers(request: NetworkRequest) -> dict[str, Any] | None:
    """For members: who joined lately, besides themselves."""
    visitor = request.visitor
    if visitor.person_id is None or not visitor.is_member:
        return None
    return {"people": recent_members(SHOWN, besides=visitor.person_id)}


def unfinished(request: NetworkRequest) -> dict[str, Any] | None:
    """For whoever can mend it or has to see to it: gaps in pages that the law asks for, which all can read."""
    visitor = request.visitor
    pages = unfinished_pages() if visitor.is_manager or visitor.is_editor else []
    return {"pages": pages} if pages else None


def waiting(request: NetworkRequest) -> dict[str, Any] | None:
    """For managers: how many wait for admission, when somebody does."""
    count = count_open_requests() if request.visitor.is_manager else 0
    return {"waiting": count} if count else None
