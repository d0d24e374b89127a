"""Saving an event with its programme as a file describes it; called by importers. Editors: see ``editing``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from dkbm.events import periods, questions
from dkbm.events.domain.searching import index_event
from dkbm.events.domain.waiting_list import promote_from_waiting_list
from dkbm.events.enums import GROUP_KINDS, Visibility
from dkbm.events.models import Event, ProgrammeItem, WorkshopSeat
from dkbm.municipalities.models import Municipality

RESERVED_SLUGS = {"abmelden", "-"}
"""Paths below /veranstaltungen/; editors may not take the platform's names either."""
CALENDAR_FIELDS = ("title", "first_day", "last_day", "starts", "ends", "place", "venue", "summary")
PLAIN_FIELDS = (
    "place",
    "venue",
    "theme",
    "summary",
    "workgroup",
    "capacity",
    "count",
    "count_so_far",
    "note",
    "source",
    "derived",
)


@transaction.atomic
def save_event(
    *,
    slug: str,
    kind: str,
    title: str,
    date: str | datetime.date | None = None,
    period: Mapping[str, Any] | None = None,
    starts: str | datetime.time | None = None,
    ends: str | datetime.time | None = None,
    municipality: str | Municipality | None = None,
    keynote: Mapping[str, str] | None = None,
    participants: Mapping[str, Any] | None = None,
    registration: Mapping[str, Any] | None = None,
    programme: Iterable[Mapping[str, Any]] = (),
    visibility: str = "",
    **plain: Any,
) -> Event:
    """Create the event with this slug, or bring it to what is given; the keys are those of ``events.yaml``.

    Effects, in order: row, programme, people moving up when there are more seats now, search entry. Raises
    ``ValidationError`` (German where an editor could see it) or ``ValueError`` for what cannot be read.
    """
    unknown = set(plain) - set(PLAIN_FIELDS)
    if unknown:
        raise ValueError(f"event {slug!r}: unknown fields {sorted(unknown)}")
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            {
                "slug": _("„%(name)s“ ist für die Plattform reserviert. Bitte wählen Sie einen anderen Namen.")
                % {"name": slug}
            }
        )
    event = Event.objects.select_for_update().filter(slug=slug).first() or Event(slug=slug)
    before = [getattr(event, name) for name in CALENDAR_FIELDS]
    event.kind, event.title = kind, title
    event.visibility = visibility or (Visibility.MEMBERS if kind in GROUP_KINDS else Visibility.PUBLIC)
    _set_period(event, date, period)
    event.starts, event.ends = _time(starts), _time(ends)
    event.municipality = _municipality(municipality)
    _set_parts(event, keynote or {}, participants or {}, registration or {})
    for name in PLAIN_FIELDS:
        setattr(event, name, plain.get(name, _default(Event, name)))
    event.full_clean(exclude=["network"])
    if event.pk and before != [getattr(event, name) for name in CALENDAR_FIELDS]:
        event.sequence += 1
    event.save()
    _save_programme(event, list(programme))
    promote_from_waiting_list(event=event)
    index_event(event)
    return event


def _set_period(event: Event, date: str | datetime.date | None, period: Mapping[str, Any] | None) -> None:
    start, end = (date, date) if date else (period["from"], period["to"]) if period else (None, None)
    if start is None or end is None:
        raise ValueError(f"event {event.slug!r} has neither date nor period")
    event.first_day, _last, precision = periods.parse(str(start))
    _first, event.last_day, _precision = periods.parse(str(end))
    event.precision = precision
    if event.last_day < event.first_day:
        raise ValueError(f"event {event.slug!r} ends before it begins")


def _set_parts(
    event: Event, keynote: Mapping[str, str], participants: Mapping[str, Any], registration: Mapping[str, Any]
) -> None:
    event.keynote_title = keynote.get("title", "")
    event.keynote_speaker = keynote.get("speaker_function", "")
    event.participants_number = participants.get("number")
    event.participants_relation = participants.get("relation", "")
    event.participants_note = participants.get("note", "")
    event.registration_opens = _day(registration.get("opens"))
    event.registration_closes = _day(registration.get("closes"))
    event.waiting_list = bool(registration.get("waiting_list", False))
    event.questions = questions.as_rows(questions.parse(registration.get("questions", ())))


def _save_programme(event: Event, rows: list[Mapping[str, Any]]) -> None:
    """Items are known by their slug. One that is gone from the programme goes, unless somebody has a seat in it."""
    gone = event.programme.exclude(slug__in=[row["slug"] for row in rows])
    taken = WorkshopSeat.objects.filter(item__in=gone).select_related("item").first()
    if taken:
        raise ValidationError(f"„{taken.item.title}“ kann nicht entfallen: Es sind schon Plätze vergeben.")
    gone.delete()
    for position, row in enumerate(rows):
        fields = {**row, "position": position, "starts": _time(row["starts"]), "ends": _time(row["ends"])}
        item = event.programme.filter(slug=row["slug"]).first() or ProgrammeItem(event=event)
        for name in ("summary", "room", "capacity", "slot", "workgroup", "lead", "topics"):
            setattr(item, name, _default(ProgrammeItem, name))
        for name, value in fields.items():
            if not hasattr(item, name):
                raise ValueError(f"programme item {row['slug']!r}: unknown field {name!r}")
            setattr(item, name, value)
        item.full_clean(exclude=["network"])
        item.save()


def _default(model: type[models.Model], name: str) -> Any:
    field: Any = model._meta.get_field(name)
    return field.get_default()


def _municipality(value: str | Municipality | None) -> Municipality | None:
    if value is None or isinstance(value, Municipality):
        return value
    found: Municipality | None = Municipality.objects.filter(slug=value).first()
    if found is None:
        raise ValueError(f"unknown municipality {value!r}")
    return found


def _day(value: str | datetime.date | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def _time(value: str | datetime.time | None) -> datetime.time | None:
    return datetime.time.fromisoformat(value.zfill(5)) if isinstance(value, str) else value
