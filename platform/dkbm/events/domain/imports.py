"""Events as files describe them; editors write theirs in ``editing``. Both save them by ``saving.save_event``."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from dkbm.events import periods, questions
from dkbm.events.domain.saving import OWN_PATHS, remove_item, save_event, save_item
from dkbm.events.enums import GROUP_KINDS, Visibility
from dkbm.events.models import Event, ProgrammeItem
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.groups import group_id_of

PLAIN_FIELDS = (
    "place", "venue", "theme", "summary", "capacity", "count", "count_so_far", "note", "source", "derived",
)  # fmt: skip
ITEM_DEFAULTS = ("summary", "room", "capacity", "slot", "workgroup", "lead", "topics")


@transaction.atomic
def import_event(
    *, slug: str, kind: str, title: str, programme: Iterable[Mapping[str, Any]] = (), **given: Any
) -> Event:
    """Create the event with this slug, or bring it to what is given; the keys are those of ``events.yaml``.

    What is not given is empty afterwards; nobody is told. Raises ``ValidationError`` or ``EventRefused`` (German
    where an editor could see it), ``ValueError`` for what cannot be read.
    """
    if slug in OWN_PATHS:
        raise ValidationError(
            {
                "slug": _("„%(name)s“ ist für die Plattform reserviert. Bitte wählen Sie einen anderen Namen.")
                % {"name": slug}
            }
        )
    visibility = given.pop("visibility", "") or (Visibility.MEMBERS if kind in GROUP_KINDS else Visibility.PUBLIC)
    fields = {"kind": kind, "title": title, "visibility": visibility, **_fields(slug, given)}
    event = Event.objects.select_for_update().filter(slug=slug).first() or Event(slug=slug)
    return save_event(event, fields, programme=partial(_save_programme, rows=list(programme)))


def _fields(slug: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The entry under the names of the model's fields."""
    parts = {"date", "period", "starts", "ends", "municipality", "workgroup", "keynote", "participants", "registration"}
    if unknown := set(given) - {*PLAIN_FIELDS, *parts}:
        raise ValueError(f"event {slug!r}: unknown fields {sorted(unknown)}")
    return {
        **_period(slug, given.get("date"), given.get("period")),
        "starts": _time(given.get("starts")),
        "ends": _time(given.get("ends")),
        "municipality": _municipality(given.get("municipality")),
        "group_id": _group_id(given.get("workgroup")),
        **_parts(given.get("keynote") or {}, given.get("participants") or {}, given.get("registration") or {}),
        **{name: given.get(name, _default(Event, name)) for name in PLAIN_FIELDS},
    }


def _period(slug: str, date: str | datetime.date | None, period: Mapping[str, Any] | None) -> dict[str, Any]:
    start, end = (date, date) if date else (period["from"], period["to"]) if period else (None, None)
    if start is None or end is None:
        raise ValueError(f"event {slug!r} has neither date nor period")
    first_day, _last, precision = periods.parse(str(start))
    _first, last_day, _precision = periods.parse(str(end))
    if last_day < first_day:
        raise ValueError(f"event {slug!r} ends before it begins")
    return {"first_day": first_day, "last_day": last_day, "precision": precision}


def _parts(
    keynote: Mapping[str, str], participants: Mapping[str, Any], registration: Mapping[str, Any]
) -> dict[str, Any]:
    return {
        "keynote_title": keynote.get("title", ""),
        "keynote_speaker": keynote.get("speaker_function", ""),
        "participants_number": participants.get("number"),
        "participants_relation": participants.get("relation", ""),
        "participants_note": participants.get("note", ""),
        "registration_opens": _day(registration.get("opens")),
        "registration_closes": _day(registration.get("closes")),
        "waiting_list": bool(registration.get("waiting_list", False)),
        "questions": questions.as_rows(questions.parse(registration.get("questions", ()))),
    }


def _save_programme(event: Event, rows: list[Mapping[str, Any]]) -> None:
    """Items are known by their slug. One that is gone from the programme goes, unless somebody has a seat in it."""
    for item in event.programme.exclude(slug__in=[row["slug"] for row in rows]):
        remove_item(item)
    defaults = {name: _default(ProgrammeItem, name) for name in ITEM_DEFAULTS}
    for position, row in enumerate(rows):
        item = event.programme.filter(slug=row["slug"]).first() or ProgrammeItem(event=event)
        if unknown := [name for name in row if not hasattr(item, name)]:
            raise ValueError(f"programme item {row['slug']!r}: unknown field {unknown[0]!r}")
        times = {"starts": _time(row["starts"]), "ends": _time(row["ends"])}
        save_item(item, {**defaults, **row, **times, "position": position})


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


def _group_id(slug: str | None) -> int | None:
    if not slug:
        return None
    found = group_id_of(slug)
    if found is None:
        raise ValueError(f"unknown workgroup {slug!r}")
    return found


def _day(value: str | datetime.date | None) -> datetime.date | None:
    return datetime.date.fromisoformat(value) if isinstance(value, str) else value


def _time(value: str | datetime.time | None) -> datetime.time | None:
    return datetime.time.fromisoformat(value.zfill(5)) if isinstance(value, str) else value
