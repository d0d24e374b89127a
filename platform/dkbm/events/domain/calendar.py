"""Calendar files (iCalendar, RFC 5545) of events."""

from __future__ import annotations

import datetime

import icalendar

from dkbm.events.enums import Precision
from dkbm.events.models import Event
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import base_url

PUBLISH = "PUBLISH"
CANCEL = "CANCEL"


def has_calendar(event: Event) -> bool:
    """Only what has a day can stand in a calendar."""
    return event.precision == Precision.DAY


def calendar_file(*, event: Event, method: str = PUBLISH) -> bytes:
    """The event as a calendar file with times in Europe/Berlin. The UID stays for the event's life.

    ``method``: ``PUBLISH``, or ``CANCEL`` which takes it out of a calendar again.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{require_network().name}//Transfernetz//DE")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    entry = icalendar.Event()
    entry.add("uid", f"{event.calendar_uid}@transfernetz")
    entry.add("sequence", event.sequence + (1 if method == CANCEL else 0))
    entry.add("dtstamp", event.updated.astimezone(datetime.UTC))
    entry.add("summary", event.title)
    entry.add("status", "CANCELLED" if method == CANCEL or event.is_called_off else "CONFIRMED")
    _add_times(entry, event)
    location = ", ".join(part for part in (event.venue, event.place) if part)
    if location:
        entry.add("location", location)
    url = base_url(require_network()) + event.get_absolute_url()
    entry.add("url", url)
    entry.add("description", "\n\n".join(part for part in (event.theme, event.summary, url) if part))
    calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _add_times(entry: icalendar.Event, event: Event) -> None:
    """Without times it is a whole day; the end of whole days is the day after."""
    if event.starts is None:
        entry.add("dtstart", event.first_day)
        entry.add("dtend", event.last_day + datetime.timedelta(days=1))
        return
    entry.add("dtstart", event.beginning)
    entry.add("dtend", event.end if event.ends else event.beginning + datetime.timedelta(hours=1))
