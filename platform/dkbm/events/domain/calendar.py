"""Calendar files (iCalendar, RFC 5545) of events, and how they follow each other in a person's calendar (RFC 5546)."""

from __future__ import annotations

import datetime

import icalendar
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.core.text import one_line, seen_text
from dkbm.events.enums import Precision, RegistrationState
from dkbm.events.models import Event, Registration
from dkbm.notifications.domain.message import address_of
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import base_url

PUBLISH = "PUBLISH"
REQUEST = "REQUEST"
CANCEL = "CANCEL"

ANSWERS = {
    RegistrationState.REGISTERED: "ACCEPTED",
    RegistrationState.WAITING: "TENTATIVE",
    RegistrationState.CANCELLED: "DECLINED",
}
"""How a registration stands in the calendar (``PARTSTAT``)."""


def has_calendar(event: Event) -> bool:
    """Only what has a day can stand in a calendar."""
    return event.precision == Precision.DAY


def public_file(*, event: Event, with_link: bool = False) -> bytes:
    """The event for whoever wants it in their calendar. ``with_link``: the reader may see the conference's link."""
    return _file(event, PUBLISH, _entry(event, with_link=with_link))


def file_for(registration: Registration, *, method: str) -> bytes:
    """The event for somebody who registered: ``REQUEST`` puts it into their calendar, ``CANCEL`` takes it out.

    Each call counts, so that what is mailed later wins over what was mailed before, whatever happened in between and
    whatever arrives first. Call it in the transaction of what happened, while holding the event's lock.
    """
    event = registration.event
    _count(event)
    entry = _entry(event, with_link=registration.is_registered and method == REQUEST)
    if method == CANCEL and not event.is_called_off:
        del entry["status"]  # the event takes place, without this person
    person = registration.person
    answer = ANSWERS[RegistrationState(registration.state)]
    attendee = icalendar.vCalAddress.new(person.email, cn=_name(person.get_full_name()), partstat=answer, rsvp=False)
    entry.add("attendee", attendee)
    return _file(event, method, entry)


def _count(event: Event) -> None:
    event.sequence = F("sequence") + 1
    event.save(update_fields=["sequence"])
    event.refresh_from_db(fields=["sequence"])


def _file(event: Event, method: str, entry: icalendar.Event) -> bytes:
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{one_line(require_network().name)}//Transfernetz//DE")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    calendar.add_component(entry)
    # The library's own would end with 2037; each file needs only the changes of the clock around its event.
    calendar.add_missing_timezones(
        datetime.date(event.first_day.year - 1, 1, 1), datetime.date(event.last_day.year + 2, 1, 1)
    )
    return bytes(calendar.to_ical())


def _entry(event: Event, *, with_link: bool) -> icalendar.Event:
    """With times in Europe/Berlin. The UID stays for the event's life."""
    network = require_network()
    entry = icalendar.Event()
    entry.add("uid", f"{event.calendar_uid}@transfernetz")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", timezone.now().astimezone(datetime.UTC))
    entry.add("organizer", icalendar.vCalAddress.new(address_of(network), cn=_name(network.name)))
    entry.add("summary", one_line(event.title))
    entry.add("status", "CANCELLED" if event.is_called_off else "CONFIRMED")
    _add_times(entry, event)
    link = event.online_url if with_link else ""
    location = ", ".join(one_line(part) for part in (event.venue, event.place) if part) or link
    if location:
        entry.add("location", location)
    if link:
        entry.add("conference", icalendar.vUri(link, params={"VALUE": "URI", "FEATURE": "VIDEO"}))
    url = base_url(network) + event.get_absolute_url()
    entry.add("url", url)
    online = link and _("Zur Videokonferenz: %(link)s") % {"link": link}
    parts = (event.theme, event.summary, online, url)
    entry.add("description", "\n\n".join(seen_text(part) for part in parts if part))
    return entry


def _name(text: str) -> str | None:
    """A name as a parameter, where quotation marks have no spelling that all calendars read."""
    return one_line(text).replace('"', "'") or None


def _add_times(entry: icalendar.Event, event: Event) -> None:
    """Without a beginning it is whole days; without an end an hour, or, over several days, until the last is over.

    What ends is named by the first moment that is no longer part of it, so midnight is the day after.
    """
    day_after = event.last_day + datetime.timedelta(days=1)
    if event.starts is None:
        entry.add("dtstart", event.first_day)
        entry.add("dtend", day_after)
        return
    entry.add("dtstart", event.beginning)
    if event.ends and event.end > event.beginning:
        entry.add("dtend", event.end)
    elif event.last_day > event.first_day:
        entry.add("dtend", datetime.datetime.combine(day_after, datetime.time.min, event.beginning.tzinfo))
    else:
        entry.add("dtend", event.beginning + datetime.timedelta(hours=1))
