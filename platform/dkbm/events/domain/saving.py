"""The one way in which an event and its programme are written, by pages and by importers alike.

Callers hold the event's lock where it has a row, have checked who asks, and tell people afterwards what changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dkbm.events.domain.searching import index_event
from dkbm.events.domain.waiting_list import promote_from_waiting_list
from dkbm.events.enums import RegistrationState
from dkbm.events.errors import EventRefused
from dkbm.events.models import Event, ProgrammeItem
from dkbm.tenancy.reserved import RESERVED_SLUGS as PLATFORM_SLUGS

CALENDAR_FIELDS = (
    "title",
    "first_day",
    "last_day",
    "starts",
    "ends",
    "place",
    "venue",
    "online_url",
    "theme",
    "summary",
)
"""A change of these gives the calendar file a new sequence number."""
OWN_PATHS = frozenset({"abmelden", "-"})
"""Paths below /veranstaltungen/."""
RESERVED_SLUGS = OWN_PATHS | PLATFORM_SLUGS


def save_event(event: Event, fields: Mapping[str, Any], *, programme: Callable[[Event], None]) -> Event:
    """Bring the ``event`` (new, or locked) to ``fields``: names of the model's fields with their values.

    Effects, in order: row, ``programme(event)``, people moving up when there are more seats now, search entry. What
    ``fields`` does not name stays. Raises ``EventRefused`` for fewer seats than registrations, ``ValidationError``
    for values that the model refuses.
    """
    before = calendar_values(event)
    for name, value in fields.items():
        setattr(event, name, value)
    check_seats(event)
    event.full_clean(exclude=["network"])
    if event.pk and before != calendar_values(event):
        event.sequence += 1
    event.save()
    programme(event)
    promote_from_waiting_list(event=event)
    index_event(event)
    return event


def save_item(item: ProgrammeItem, fields: Mapping[str, Any]) -> ProgrammeItem:
    """Bring a line of the programme to ``fields``. Raises ``EventRefused`` for fewer seats than taken ones."""
    taken = item.seats.count() if item.pk else 0
    capacity = fields.get("capacity", item.capacity)
    if capacity is not None and capacity < taken:
        raise EventRefused(
            _("Hier sind schon %(taken)s Plätze vergeben. Weniger sind nicht möglich.") % {"taken": taken},
            field="capacity",
        )
    for name, value in fields.items():
        setattr(item, name, value)
    item.full_clean(exclude=["network"])
    item.save()
    return item


def remove_item(item: ProgrammeItem) -> None:
    """Take a line out of the programme. Raises ``EventRefused`` when somebody has a seat in it."""
    if item.seats.exists():
        raise EventRefused(
            _("„%(title)s“ kann nicht entfallen: Es sind schon Plätze vergeben.") % {"title": item.title},
            field="remove",
        )
    item.delete()


def calendar_values(event: Event) -> list[object]:
    return [getattr(event, name) for name in CALENDAR_FIELDS]


def check_seats(event: Event) -> None:
    """Seats cannot go below the registrations that there are."""
    if event.pk is None or event.capacity is None:
        return
    taken = event.registrations.filter(state=RegistrationState.REGISTERED).count()
    if event.capacity < taken:
        raise EventRefused(
            _("Es sind schon %(taken)s Personen angemeldet. Weniger Plätze als Anmeldungen sind nicht möglich.")
            % {"taken": taken},
            field="capacity",
        )
