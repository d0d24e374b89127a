"""What the home page and the header show of the forum."""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.http import NetworkRequest
from forum.domain.queries.topics import news_in_groups
from forum.domain.queries.unread import unread_count


def news_panel(request: NetworkRequest) -> dict[str, Any] | None:
    """Rows of "Neu in Ihren Gruppen"; nothing for who is no member."""
    membership = request.membership  # type: ignore[attr-defined]
    if not membership or not membership.is_active:
        return None
    return {"rows": news_in_groups(request.user, membership)}


def header_count(request: NetworkRequest) -> int:
    """New posts, in one query."""
    return unread_count(request.user, request.membership)  # type: ignore[attr-defined]
