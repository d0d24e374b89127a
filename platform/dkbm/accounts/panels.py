"""What the home page shows of people: who joined lately, and to managers the requests that wait."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from dkbm.accounts.domain.queries.membership import count_open_requests, recent_members
from dkbm.cms.home import Panel, register_panel

SHOWN = 5


def load_newcomers(request: HttpRequest) -> dict[str, Any] | None:
    """For members: who joined lately, besides themselves."""
    membership = getattr(request, "membership", None)
    if not membership or not membership.is_active:
        return None
    return {"people": recent_members(SHOWN, besides=membership.person_id)}


def load_waiting(request: HttpRequest) -> dict[str, Any] | None:
    """For managers: how many wait for admission, when somebody does."""
    membership = getattr(request, "membership", None)
    waiting = count_open_requests() if membership and membership.is_manager else 0
    return {"waiting": waiting} if waiting else None


def register() -> None:
    register_panel(Panel("accounts/_waiting_panel.html", load_waiting, place="main", order=5))
    register_panel(Panel("accounts/_newcomers_panel.html", load_newcomers, place="aside", order=50))
