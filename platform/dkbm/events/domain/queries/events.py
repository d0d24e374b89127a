"""Reads of events: which ones a visitor sees, and what a row of a list says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dkbm.events import periods
from dkbm.events.enums import EventKind, EventState, RegistrationState, Visibility
from dkbm.events.models import Event, Registration
from dkbm.events.rules import is_open, takes_more
from dkbm.tenancy.groups import group_names, groups_in_charge, readable_group_ids
from dkbm.tenancy.visitor import Visitor


@dataclass(frozen=True)
class EventRow:
    """A line of a list. ``when``: the date in words; ``seats``: what is open, in words; ``note``: both with the place.

    ``group``, ``group_url``: the group that meets and its page, empty where the visitor may know of none.
    """

    event: Event
    when: str
    seats: str
    registration: Registration | None
    group: str = ""
    group_url: str = ""

    @property
    def clock(self) -> str:
        """When on the day; empty where that is open."""
        return periods.clock(self.event.starts, self.event.ends)

    @property
    def kind(self) -> str:
        return str(EventKind(self.event.kind).label)

    @property
    def state(self) -> str:
        """Nothing for what is as one expects it."""
        return "" if self.event.is_published else str(self.event.get_state_display())

    @property
    def note(self) -> str:
        return ", ".join(part for part in (self.state, self.event.place, self.seats) if part)

    @property
    def asks(self) -> bool:
        """It takes registrations now, and has none of the visitor."""
        return self.registration is None and bool(takes_more(self.event))


def visible_events(visitor: Visitor) -> QuerySet[Event]:
    """Guests see public events, members also theirs and those of their groups, managers all.

    Drafts are seen by whom they are for when they may also change them: editors, and who looks after the
    group's meetings.
    """
    events: QuerySet[Event] = Event.objects.all()
    if not visitor.is_member:
        return events.filter(visibility=Visibility.PUBLIC).exclude(state=EventState.DRAFT)
    if visitor.is_manager:
        return events
    events = events.filter(~Q(visibility=Visibility.GROUP) | Q(group_id__in=readable_group_ids(visitor)))
    if visitor.is_editor:
        return events
    return events.filter(~Q(state=EventState.DRAFT) | Q(group_id__in=groups_in_charge(visitor)))


def next_meetings(*, group_id: int, visitor: Visitor, number: int) -> list[EventRow]:
    """The group's next dates that the visitor may see; the group is not named again."""
    events = coming_events(visible_events(visitor).filter(group_id=group_id))[:number]
    return event_rows(events, visitor, with_groups=False)


def with_counts(events: QuerySet[Event]) -> QuerySet[Event]:
    """Each event with ``taken`` (registered people) and ``waiting``."""
    return events.annotate(
        taken=Count("registrations", filter=Q(registrations__state=RegistrationState.REGISTERED)),
        waiting=Count("registrations", filter=Q(registrations__state=RegistrationState.WAITING)),
    )


def coming_events(events: QuerySet[Event]) -> QuerySet[Event]:
    """Today's and later ones, the next first."""
    return with_counts(events.filter(last_day__gte=timezone.localdate())).order_by("first_day", "starts", "pk")


def past_events(events: QuerySet[Event]) -> QuerySet[Event]:
    """The latest first."""
    return with_counts(events.filter(last_day__lt=timezone.localdate())).order_by("-last_day", "-first_day", "-pk")


def event_rows(events: Iterable[Event], visitor: Visitor, *, with_groups: bool = True) -> list[EventRow]:
    """Rows of a list for the visitor (a guest too); events come from :func:`with_counts`."""
    events = list(events)
    mine = _registrations(events, visitor)
    groups = group_names(visitor, {event.group_id for event in events}) if with_groups else {}
    return [
        EventRow(
            event,
            periods.in_words(event.first_day, event.last_day, event.precision),
            what_is_open(event, mine.get(event.pk)),
            mine.get(event.pk),
            *((named.title, named.url) if (named := groups.get(event.group_id or 0)) else ("", "")),
        )
        for event in events
    ]


def what_is_open(event: Event, registration: Registration | None) -> str:
    """ "Sie sind angemeldet", "noch 11 Plätze", "ausgebucht"; empty when there is nothing to register for.

    ``event`` comes from :func:`with_counts`.
    """
    if event.is_called_off:
        return ""
    if registration and registration.is_registered:
        return _("Sie sind angemeldet")
    if registration and registration.is_waiting:
        return _("Sie stehen auf der Warteliste")
    if event.capacity is None or not is_open(event):
        return ""
    left = event.capacity - event.taken  # type: ignore[attr-defined]
    if left <= 0:
        return _("ausgebucht, Warteliste offen") if event.waiting_list else _("ausgebucht")
    return ngettext("noch %(left)s Platz", "noch %(left)s Plätze", left) % {"left": left}


def _registrations(events: list[Event], visitor: Visitor) -> dict[int, Registration]:
    if not events or not visitor.is_signed_in:
        return {}
    own = Registration.objects.filter(event__in=events, person_id=visitor.person_id)
    return {row.event_id: row for row in own.exclude(state=RegistrationState.CANCELLED)}
