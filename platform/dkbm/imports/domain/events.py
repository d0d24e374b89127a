"""Events of the bound network that its public list can show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dkbm.events.domain.imports import import_event
from dkbm.events.models import Event
from dkbm.imports.domain.ledger import Ledger
from dkbm.imports.domain.naming import naming
from dkbm.imports.schemas.events import EventEntry

FOR_THE_PUBLIC = {"auftakt", "jahrestreffen", "konferenz", "meilenstein", "runder_tisch", "tagung"}
"""Meetings of groups come with the groups' meetings, surveys with the surveys; both are later issues."""


def for_the_public(entries: Sequence[EventEntry]) -> list[EventEntry]:
    return [entry for entry in entries if entry.kind in FOR_THE_PUBLIC]


def load_events(entries: Sequence[EventEntry]) -> None:
    """Create or update by slug, dates as they are in the file; registrations stay."""
    ledger, present = Ledger("veranstaltung"), set(Event.objects.values_list("slug", flat=True))
    for entry in for_the_public(entries):
        with naming("events.yaml", entry.slug):
            if not ledger.is_loaded(entry.slug, entry, present=present):
                import_event(**arguments(entry))
                ledger.note(entry.slug, entry)


def arguments(entry: EventEntry) -> dict[str, Any]:
    """The entry as ``import_event`` takes it: only what is given, under the names of the file."""
    values: dict[str, Any] = entry.model_dump(by_alias=True, exclude_none=True, exclude={"network"})
    return values
