"""What the home page shows of people: who joined lately, and to whom it is up what waits to be done."""

from __future__ import annotations

from typing import Any

from dkbm.accounts.domain.queries.membership import count_open_requests, recent_members
from dkbm.cms.domain.legal_pages import unfinished_pages
from dkbm.tenancy.http import NetworkRequest

SHOWN = 3


def newcomers(request: NetworkRequest) -> dict[str, Any] | None:
    """For members: who joined lately, besides themselves."""
    visitor = request.visitor
    if visitor.person_id is None or not visitor.is_member:
        return None
    return {"people": recent_members(SHOWN, besides=visitor.person_id)}


def todo(request: NetworkRequest) -> dict[str, Any] | None:
    """To managers how many wait for admission; to them and to editors the legal pages with gaps, which all can read."""
    visitor = request.visitor
    waiting = count_open_requests() if visitor.is_manager else 0
    pages = unfinished_pages() if visitor.is_manager or visitor.is_editor else []
    return {"waiting": waiting, "pages": pages} if waiting or pages else None
