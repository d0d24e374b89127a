"""Who changed a row, and when: noted in Wagtail's own log, which `/cms/` writes by itself."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from wagtail.log_actions import log, registry
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from dkbm.core.whole_rows import Changers
from dkbm.tenancy.visitor import Visitor

EDIT = "wagtail.edit"
CHANGES = (EDIT, "wagtail.create", "wagtail.publish", "wagtail.revert", "wagtail.rename")


def note_edit(row: Model, *, visitor: Visitor, part: str = "") -> None:
    """The visitor has just changed the row by a form; call it in the same transaction.

    ``part``: what a form of its own writes, where a row has several.
    """
    log(row, EDIT, user=visitor.person, data={"part": part} if part else None)


def note_edit_once(row: Model, *, visitor: Visitor, since: datetime) -> None:
    """As :func:`note_edit`, where Wagtail has not noted it itself: of collections and workflows it does not."""
    if not registry.get_logs_for_instance(row).filter(timestamp__gte=since, action__in=CHANGES).exists():
        note_edit(row, visitor=visitor)


def changers_of(row: Any, since: datetime, *, reader: Any, part: str = "") -> Changers:
    """Who changed the row, or this part of it, after a moment. ``reader``: who is told."""
    entries = registry.get_logs_for_instance(row).filter(timestamp__gt=since, action__in=CHANGES)
    entries = entries.filter(data__part=part) if part else entries.exclude(data__has_key="part")
    own = getattr(reader, "pk", None)
    people = {entry.user_id: entry.user for entry in entries.select_related("user").order_by("timestamp", "pk")}
    names = [person.display_name for key, person in people.items() if person is not None and key != own]
    return Changers(names, myself=own in people)


def edited_by(model: type[Model], person_id: UUID, keys: Collection[str]) -> list[str]:
    """Those of these rows, or pages, that the person has made, changed or published."""
    made = {"user": person_id, "action__in": CHANGES}
    if issubclass(model, Page):
        found = PageLogEntry.objects.filter(page__in=keys, **made).values_list("page_id", flat=True)
    else:
        kind = ContentType.objects.get_for_model(model, for_concrete_model=False)
        found = ModelLogEntry.objects.filter(content_type=kind, object_id__in=keys, **made)
        found = found.values_list("object_id", flat=True)
    return [str(key) for key in found.order_by().distinct()]
