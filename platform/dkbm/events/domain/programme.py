"""The programme as editors write it, and the questions of the registration that follow from it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from django.utils.formats import time_format
from django.utils.translation import gettext as _

from dkbm.core.slugs import numbered
from dkbm.core.text import german_slug
from dkbm.events import questions
from dkbm.events.domain.saving import remove_item, save_item
from dkbm.events.enums import ItemKind, QuestionType
from dkbm.events.errors import EventRefused
from dkbm.events.models import Event, ProgrammeItem
from dkbm.events.questions import MUNICIPALITIES, PROGRAMME, Question

OWN_SLOT = "wahl-"
"""Slots that are made here; importers name theirs."""


@dataclass(frozen=True)
class ItemData:
    """A line of the form. ``id``: of the item that it changes, ``None`` for a new one; ``row``: its place there."""

    row: int
    starts: datetime.time
    ends: datetime.time
    kind: str
    title: str
    summary: str = ""
    room: str = ""
    capacity: int | None = None
    id: int | None = None
    remove: bool = False


def write_programme(event: Event, rows: Sequence[ItemData]) -> None:
    """Bring the programme to these rows; items that no row names stay. Call while holding the event's lock.

    Workshops that begin at the same time stand to choice among each other. Raises ``EventRefused`` with the row.
    """
    items = {item.pk: item for item in event.programme.select_for_update().order_by("pk")}
    for row in rows:
        item = items.get(row.id) if row.id else _new_item(event, items.values(), row.title)
        if item is None:
            raise EventRefused(_("Diesen Programmpunkt gibt es nicht mehr."), field="title", row=row.row)
        with _in_row(row):
            if not row.remove:
                _write_item(item, row, list(items.values()))
                items[item.pk] = item
            elif item.pk:
                del items[item.pk]
                remove_item(item)
    event.questions = questions.as_rows(_questions(event, list(items.values())))
    event.save(update_fields=["questions"])


@contextmanager
def _in_row(row: ItemData) -> Iterator[None]:
    """A refusal of the block names the row of the form."""
    try:
        yield
    except EventRefused as refusal:
        raise EventRefused(refusal.reason, field=refusal.field, row=row.row) from refusal


def _new_item(event: Event, items: Iterable[ProgrammeItem], title: str) -> ProgrammeItem:
    slug = numbered(german_slug(title) or "punkt", {item.slug for item in items})
    return ProgrammeItem(event=event, slug=slug)


def _write_item(item: ProgrammeItem, row: ItemData, others: list[ProgrammeItem]) -> None:
    moved = item.pk is None or (item.starts, item.kind) != (row.starts, row.kind)
    fields = {name: getattr(row, name) for name in ("starts", "ends", "kind", "title", "summary", "room", "capacity")}
    item.starts, item.kind = row.starts, row.kind
    if moved and not (item.pk and item.seats.exists()):
        fields["slot"] = _slot(item, others)
    save_item(item, {**fields, "position": row.row})


def _slot(item: ProgrammeItem, others: list[ProgrammeItem]) -> str:
    """The slot of the workshops that begin at the same time, else a new one; only workshops are chosen."""
    if item.kind != ItemKind.WORKSHOP:
        return ""
    beside = [each for each in others if each.pk != item.pk and each.slot]
    same = next((each.slot for each in beside if each.starts == item.starts and each.kind == item.kind), "")
    taken = {each.slot for each in beside}
    return same or next(f"{OWN_SLOT}{n}" for n in range(1, len(taken) + 2) if f"{OWN_SLOT}{n}" not in taken)


def _questions(event: Event, items: list[ProgrammeItem]) -> list[Question]:
    """What registration asks: the usual, and one choice for each of our slots. Other questions stay as they are."""
    if not event.takes_registrations:
        return questions.parse(event.questions)
    present = questions.parse(event.questions) or _usual()
    times = {item.slot: item.starts for item in sorted(items, key=lambda each: each.starts, reverse=True) if item.slot}
    kept = [
        replace(each, label=_label(times[each.slot])) if each.slot.startswith(OWN_SLOT) else each
        for each in present
        if not each.slot or each.slot in times
    ]
    asked = {each.slot for each in kept}
    new = [
        Question(
            key=f"choice_{slot.removeprefix(OWN_SLOT)}",
            label=_label(times[slot]),
            type=QuestionType.SINGLE.value,
            options_from=f"{PROGRAMME}{slot}",
        )
        for slot in sorted(times, key=lambda each: times[each])
        if slot.startswith(OWN_SLOT) and slot not in asked
    ]
    head = sum(1 for each in kept if each.slot or each.key in {"function", "municipality"})
    return [*kept[:head], *new, *kept[head:]]


def _label(starts: datetime.time) -> str:
    return _("Werkstatt um %(time)s Uhr") % {"time": time_format(starts, "G:i")}


def _usual() -> list[Question]:
    return [
        Question(key="function", label=_("Ihre Funktion"), required=True),
        Question(
            key="municipality",
            label=_("Ihre Kommune"),
            type=QuestionType.SINGLE.value,
            required=True,
            options_from=MUNICIPALITIES,
        ),
        Question(key="access", label=_("Was brauchen Sie für eine barrierefreie Teilnahme?")),
        Question(
            key="list_consent",
            label=_("Ich bin einverstanden, dass mein Name auf der Teilnahmeliste für alle Teilnehmenden steht."),
            type=QuestionType.BOOL.value,
        ),
    ]
