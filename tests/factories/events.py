"""Events with a programme; call inside a binding."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.events.domain.imports import import_event
from dkbm.events.domain.registration import Answers, register
from dkbm.events.models import Event, Registration
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from tests.factories.people import make_person

QUESTIONS: list[dict[str, Any]] = [
    {"key": "function", "label": "Ihre Funktion", "type": "text", "required": True},
    {"key": "workshop_1", "label": "Werkstatt am Vormittag", "type": "single", "required": True,
     "options_from": "programme/vormittag"},
    {"key": "workshop_2", "label": "Werkstatt am Nachmittag", "type": "single", "options_from": "programme/nachmittag"},
    {"key": "access", "label": "Was brauchen Sie?", "type": "text"},
    {"key": "food", "label": "Verpflegung", "type": "single", "options": ["vegetarisch", "vegan"]},
    {
        "key": "list_consent",
        "label": "Ich bin einverstanden, dass mein Name auf der Teilnahmeliste für alle Teilnehmenden steht.",
        "type": "bool",
    },
    {"key": "photo_consent", "label": "Ich bin mit Fotos einverstanden.", "type": "bool"},
]  # fmt: skip


def workshop(slug: str, slot: str, seats: int | None = 20, **fields: Any) -> dict[str, Any]:
    hour = 11 if slot == "vormittag" else 15
    return {
        "slug": slug,
        "starts": f"{hour}:00",
        "ends": f"{hour + 1}:00",
        "kind": "workshop",
        "slot": slot,
        "title": f"Werkstatt {slug}",
        "room": "Raum 1",
        "capacity": seats,
        **fields,
    }


PROGRAMME = [
    {"slug": "ankommen", "starts": "09:30", "ends": "10:00", "kind": "ankommen", "title": "Ankommen"},
    workshop("ws1", "vormittag"),
    workshop("ws2", "vormittag"),
    workshop("ws3", "nachmittag"),
]


def make_event(title: str = "Jahrestreffen", *, slug: str = "", in_days: int = 30, **fields: Any) -> Event:
    """An event whose registration is open today; give ``registration`` or ``programme`` to change that."""
    today = timezone.localdate()
    given: dict[str, Any] = {
        "kind": "jahrestreffen",
        "date": (today + datetime.timedelta(days=in_days)).isoformat(),
        "starts": "09:30",
        "ends": "16:30",
        "place": "Hannover",
        "venue": "Tagungshaus",
        "capacity": 140,
        "programme": PROGRAMME,
        "registration": {
            "opens": (today - datetime.timedelta(days=1)).isoformat(),
            "closes": (today + datetime.timedelta(days=max(in_days - 1, 0))).isoformat(),
            "waiting_list": True,
            "questions": QUESTIONS,
        },
    }
    return import_event(slug=slug or f"treffen-{uuid.uuid4().hex[:8]}", title=title, **{**given, **fields})


def membership_of(person: Person) -> Membership:
    membership: Membership = Membership.objects.get(person=person)
    return membership


def answers(first: str = "ws1", second: str = "", **fields: Any) -> Answers:
    workshops = {slot: slug for slot, slug in (("vormittag", first), ("nachmittag", second)) if slug}
    return Answers(**{"function": "Bildungsmonitoring", "workshops": workshops, **fields})


def registered(event: Event, person: Person | None = None, first: str = "ws1", **fields: Any) -> Registration:
    """A registration through the domain function: confirmed, or waiting when the event is full."""
    person = person or make_person()
    return register(event=event, visitor=visitor_of(person), answers=answers(first, **fields))
