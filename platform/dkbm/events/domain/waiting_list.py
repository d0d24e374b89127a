"""Moving up: whoever has waited longest gets the seat that became free."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from dkbm.events import questions
from dkbm.events.domain.mails import tell_moved_up
from dkbm.events.enums import RegistrationState
from dkbm.events.models import Event, ProgrammeItem, Registration, WorkshopSeat
from dkbm.tenancy.groups import readers_among


def seats_left(event: Event) -> int | None:
    """Free seats, ``None`` without a limit. Call while holding the event's lock when it decides something."""
    if event.capacity is None:
        return None
    taken = event.registrations.filter(state=RegistrationState.REGISTERED).count()
    return max(event.capacity - int(taken), 0)


def promote_from_waiting_list(*, event: Event) -> list[Registration]:
    """Give the free seats to those who wait, in the order of their registration, and tell them.

    Call while holding the event's lock. Wishes for workshops are met where seats are left; what is full stays
    unchosen and the mail says so. Whoever has left the group that the event is for is passed over. Nobody moves up once
    the event has begun or is called off. Returns who moved up.
    """
    left = seats_left(event)
    waiting = event.registrations.filter(state=RegistrationState.WAITING).order_by("created", "pk")
    if left == 0 or event.beginning <= timezone.now() or not event.is_published:
        return []
    moved = list(who_may_see(event, waiting.select_related("person"))[:left])
    for registration in moved:
        registration.state = RegistrationState.REGISTERED
        registration.moved_up_at = timezone.now()
        registration.save(update_fields=["state", "moved_up_at"])
        registration.event = event
        missed = _seat_wishes(registration)
        tell_moved_up(registration=registration, missed=missed)
    return moved


def who_may_see(event: Event, registrations: QuerySet[Registration]) -> QuerySet[Registration] | list[Registration]:
    """Without those who have left the group that the event is for: their rows stay, but they are told nothing of it.

    Where nobody has to be left out nothing is read yet, so that a few of many may be taken.
    """
    if not event.is_for_group or event.group_id is None:
        return registrations
    rows = list(registrations)
    readers = readers_among(event.group_id, [row.person_id for row in rows])
    return [row for row in rows if row.person_id in readers]


def _seat_wishes(registration: Registration) -> list[ProgrammeItem]:
    """Take the wished seats that are free; returns the workshops that were full."""
    missed = []
    for question in questions.parse(registration.event.questions):
        wish = registration.answers.get(question.key) if question.slot else None
        item = wish and lock_items(registration.event, {question.slot: wish}).get(question.slot)
        if not item:
            continue
        if item_is_full(item):
            missed.append(item)
        else:
            WorkshopSeat.objects.create(registration=registration, item=item, slot=item.slot)
    return missed


def lock_items(event: Event, choices: dict[str, str]) -> dict[str, ProgrammeItem]:
    """Slot -> chosen item, locked in the order of their ids; an item that is not of this slot is left out."""
    items = event.programme.filter(slug__in=choices.values()).order_by("pk").select_for_update()
    return {item.slot: item for item in items if item.slot and choices.get(item.slot) == item.slug}


def item_is_full(item: ProgrammeItem) -> bool:
    return item.capacity is not None and item.seats.count() >= item.capacity
