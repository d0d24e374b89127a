"""Dates on the home page, and the next one on the front page."""

from __future__ import annotations

from typing import Any

from dkbm.tenancy.http import NetworkRequest

from .domain.queries.events import coming_events, event_rows, visible_events
from .enums import EventState
from .rules import takes_more

SHOWN = 3


def next_dates(request: NetworkRequest) -> dict[str, Any]:
    """The next three dates; ``open``: the first that still takes registrations and has none of the visitor."""
    visitor = request.visitor
    events = coming_events(visible_events(visitor).exclude(state=EventState.DRAFT))[:SHOWN]
    rows = event_rows(events, visitor)
    open_rows = [row for row in rows if row.registration is None and takes_more(row.event)]
    return {"rows": rows, "open": open_rows[0].event if open_rows else None}


def next_date(request: NetworkRequest) -> dict[str, Any]:
    """The next date that this visitor may see and that takes place, or none."""
    visitor = request.visitor
    events = coming_events(visible_events(visitor).filter(state=EventState.PUBLISHED))[:1]
    rows = event_rows(events, visitor, with_groups=False)
    return {"row": rows[0] if rows else None}
