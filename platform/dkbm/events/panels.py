"""Dates on the home page, and the next one on the front page."""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.http import NetworkRequest
from dkbm.tenancy.visitor import Visitor

from .domain.queries.events import EventRow, coming_events, event_rows, visible_events
from .enums import EventState

SHOWN = 4
DATES = "events.next_dates"


def _next_dates(visitor: Visitor) -> list[EventRow]:
    """The next dates, read once a request."""
    events = coming_events(visible_events(visitor).exclude(state=EventState.DRAFT))[:SHOWN]
    return visitor.remembered(DATES, lambda: event_rows(events, visitor))


def greeting_date(request: NetworkRequest) -> dict[str, Any] | None:
    """Beside the greeting: the next date that takes place."""
    row = _greeted(_next_dates(request.visitor))
    return {"row": row} if row else None


def _greeted(rows: list[EventRow]) -> EventRow | None:
    return next((row for row in rows if row.event.is_published), None)


def next_dates(request: NetworkRequest) -> dict[str, Any] | None:
    """At the side: the dates after the one beside the greeting."""
    rows = _next_dates(request.visitor)
    greeted = _greeted(rows)
    others = [row for row in rows if row is not greeted]
    return {"rows": others} if others else None


def open_registrations(request: NetworkRequest) -> dict[str, Any] | None:
    """Among what is open for the visitor: dates to register for."""
    rows = [row for row in _next_dates(request.visitor) if row.asks]
    return {"rows": rows} if rows else None


def next_date(request: NetworkRequest) -> dict[str, Any]:
    """The next date that this visitor may see and that takes place, or none."""
    visitor = request.visitor
    events = coming_events(visible_events(visitor).filter(state=EventState.PUBLISHED))[:1]
    rows = event_rows(events, visitor, with_groups=False)
    return {"row": rows[0] if rows else None}
