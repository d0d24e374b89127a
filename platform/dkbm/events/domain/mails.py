"""Who is told what about events and registrations; with most goes a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.utils.formats import time_format
from django.utils.translation import gettext_lazy as _

from dkbm.core.paths import network_path
from dkbm.core.text import one_line
from dkbm.events import periods
from dkbm.events.domain.calendar import CANCEL, REQUEST, file_for, has_calendar
from dkbm.events.domain.cancellation_links import cancellation_path
from dkbm.events.models import Event, ProgrammeItem, Registration
from dkbm.notifications.domain.outbox import Attachment
from dkbm.notifications.domain.telling import every_time, tell
from dkbm.notifications.domain.telling_many import tell_many
from dkbm.notifications.enums import Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.scopes import Within
from dkbm.tenancy.groups import GroupName, members_of_group

KINDS = (
    Kind(
        "event.announced",
        _("Neuer Termin einer Gruppe"),
        _("Termin: %(title)s, %(date)s"),
        sentence=_("Neuer Termin von „%(group)s“: „%(title)s“, %(date)s."),
        scope=Scope.GROUP,
        optional=True,
        by_group=True,
    ),
    Kind(
        "event.registered",
        _("Anmeldung bestätigt"),
        _("Angemeldet: %(title)s"),
        sentence=_("Sie sind angemeldet: „%(title)s“, %(date)s."),
    ),
    Kind(
        "event.waiting",
        _("Auf der Warteliste"),
        _("Auf der Warteliste: %(title)s"),
        sentence=_("Sie stehen auf der Warteliste: „%(title)s“, %(date)s."),
    ),
    Kind(
        "event.moved_up",
        _("Nachgerückt"),
        _("Sie haben einen Platz: %(title)s"),
        sentence=_("Sie sind nachgerückt und haben einen Platz: „%(title)s“, %(date)s."),
    ),
    Kind(
        "event.cancelled",
        _("Abmeldung bestätigt"),
        _("Abgemeldet: %(title)s"),
        sentence=_("Sie sind abgemeldet: „%(title)s“, %(date)s."),
    ),
    Kind(
        "event.ended",
        _("Anmeldung beendet"),
        _("Ihre Anmeldung ist beendet: %(title)s"),
        sentence=_("Ihre Anmeldung ist beendet, weil nur die Gruppe den Termin sieht: „%(title)s“, %(date)s."),
    ),
    Kind(
        "event.called_off",
        _("Termin abgesagt"),
        _("Abgesagt: %(title)s"),
        sentence=_("Abgesagt: „%(title)s“, %(date)s."),
    ),
    Kind(
        "event.changed",
        _("Termin geändert"),
        _("Geändert: %(title)s"),
        sentence=_("Tag, Zeit, Ort oder Link haben sich geändert: „%(title)s“, jetzt %(date)s."),
    ),
)


def tell_announced(*, event: Event, group: GroupName, by: UUID | None) -> None:
    """The members of the group whose meeting is published now; they may be hundreds."""
    tell_many(
        kind="event.announced",
        people=sorted(members_of_group(group.id) - {by}),
        about=event,
        scope=Within(group=group.id),
        path=event.get_absolute_url(),
        context={
            "title": event.title,
            "group": group.title,
            "date": date_line(event),
            "place": _place(event),
            "summary": event.summary,
            "registers": "ja" if event.takes_registrations else "",
        },
    )


def tell_registered(*, registration: Registration) -> None:
    """Confirmation with calendar file and cancellation link, or the sentence that one waits."""
    kind = "event.registered" if registration.is_registered else "event.waiting"
    _tell(kind, registration, REQUEST if registration.is_registered else "")


def tell_moved_up(*, registration: Registration, missed: Sequence[ProgrammeItem]) -> None:
    """``missed``: wished workshops that are full by now."""
    _tell("event.moved_up", registration, REQUEST, missed=", ".join(f"„{item.title}“" for item in missed))


def tell_cancelled(*, registration: Registration) -> None:
    _tell("event.cancelled", registration, CANCEL)


def tell_ended(*, registration: Registration) -> None:
    """The event is for a group alone, and the person does not belong to it (any more)."""
    _tell("event.ended", registration, CANCEL, path=network_path("events:list"))


def tell_called_off(*, registration: Registration) -> None:
    """By the organisers, with their reason; takes the date out of the person's calendar."""
    _tell("event.called_off", registration, CANCEL, reason=registration.event.call_off_reason)


def tell_changed(*, registration: Registration) -> None:
    """Another day, time, place or link; the calendar file brings it up to date."""
    method = REQUEST if registration.is_registered else ""
    _tell("event.changed", registration, method, occasion=every_time())


def _tell(
    kind: str, registration: Registration, method: str, *, occasion: str = "", path: str = "", **context: str
) -> None:
    event = registration.event
    tell(
        kind=kind,
        people=[registration.person],
        about=registration,
        occasion=occasion,
        path=path or event.get_absolute_url(),
        context={**_context(registration), **context},
        attachments=_calendar(registration, method) if method else (),
    )


def _context(registration: Registration) -> dict[str, str]:
    event = registration.event
    seats = registration.seats.select_related("item").order_by("item__starts")
    return {
        "title": event.title,
        "date": date_line(event),
        "place": _place(event),
        "online_url": event.online_url if registration.is_registered else "",
        "workshops": "\n".join(f"- {clock(seat.item)} Uhr: {place_line(seat.item)}" for seat in seats),
        "cancel_path": cancellation_path(registration),
    }


def _place(event: Event) -> str:
    return ", ".join(part for part in (event.venue, event.place) if part)


def _calendar(registration: Registration, method: str) -> list[Attachment]:
    event = registration.event
    if not has_calendar(event):
        return []
    content = file_for(registration, method=method)
    return [Attachment(f"{event.slug}.ics", f"text/calendar; method={method}; charset=utf-8", content)]


def date_line(event: Event) -> str:
    """ "15. September 2027, 9:30 bis 16:30 Uhr"."""
    days = periods.in_words(event.first_day, event.last_day, event.precision)
    times = " bis ".join(time_format(time, "G:i") for time in (event.starts, event.ends) if time)
    return f"{days}, {times} Uhr" if times else days


def clock(item: ProgrammeItem) -> str:
    """ "11:30–12:45"."""
    return f"{time_format(item.starts, 'G:i')}–{time_format(item.ends, 'G:i')}"


def place_line(item: ProgrammeItem) -> str:
    return one_line(f"{item.title} ({item.room})" if item.room else item.title)
