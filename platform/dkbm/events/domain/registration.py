"""Registering for an event, changing, cancelling. Seats: lock the event, then the items; re-read; count; write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.events import questions
from dkbm.events.domain.mails import tell_cancelled, tell_ended, tell_registered
from dkbm.events.domain.waiting_list import (
    item_is_full,
    lock_items,
    promote_from_waiting_list,
    seats_left,
    who_may_see,
)
from dkbm.events.enums import RegistrationState, Visibility
from dkbm.events.errors import RegistrationRefused, WorkshopFull
from dkbm.events.models import Event, Registration, WorkshopSeat
from dkbm.events.rules import may_cancel, may_change, may_register
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.locking import lock_for
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor


@dataclass(frozen=True)
class Answers:
    """What the form asks. ``workshops``: slot -> slug of the chosen item; ``other``: question's key -> answer."""

    function: str = ""
    municipality: Municipality | None = None
    workshops: dict[str, str] = field(default_factory=dict)
    other: dict[str, Any] = field(default_factory=dict)
    list_consent: bool = False
    photo_consent: bool = False


@transaction.atomic
def register(*, event: Event, visitor: Visitor, answers: Answers) -> Registration:
    """Give the visitor a seat, or a place on the waiting list when the event is full.

    Effects: registration, seats in workshops, confirmation mail with calendar file and cancellation link.
    Already registered: the existing row, unchanged. Raises ``RegistrationRefused`` or ``WorkshopFull``.
    """
    event = lock_for(visitor, event)
    existing = open_registration(event, visitor)
    if existing:
        return existing
    decision = may_register(visitor, event)
    if not decision:
        raise RegistrationRefused(decision.reason)
    full = seats_left(event) == 0
    if full and not event.waiting_list:
        raise RegistrationRefused(_("Die Veranstaltung ist ausgebucht, und es gibt keine Warteliste."))
    registration = Registration(
        event=event,
        person=visitor.person,
        state=RegistrationState.WAITING if full else RegistrationState.REGISTERED,
    )
    _write_answers(registration, answers)
    registration.save()
    if not full:
        _take_seats(registration, answers.workshops)
    tell_registered(registration=registration)
    return registration


@transaction.atomic
def change_registration(*, registration: Registration, answers: Answers) -> Registration:
    """Write other answers and choose other workshops; the seats that were held become free.

    Raises ``RegistrationRefused`` or ``WorkshopFull``; then nothing has changed.
    """
    registration = _locked(registration)
    decision = may_change(registration)
    if not decision:
        raise RegistrationRefused(decision.reason)
    _write_answers(registration, answers)
    registration.save()
    if registration.is_registered:
        _take_seats(registration, answers.workshops)
    return registration


@transaction.atomic
def cancel(*, registration: Registration) -> Registration:
    """Give seat and workshops back; the first of the waiting list moves up, both are told by mail.

    Answers and consents are deleted. Raises ``RegistrationRefused`` when cancelled already or the event is over.
    """
    registration = _locked(registration)
    decision = may_cancel(registration)
    if not decision:
        raise RegistrationRefused(decision.reason)
    _end(registration)
    tell_cancelled(registration=registration)
    promote_from_waiting_list(event=registration.event)
    return registration


def _end(registration: Registration) -> None:
    registration.seats.all().delete()
    registration.state = RegistrationState.CANCELLED
    registration.cancelled_at = timezone.now()
    registration.answers = {}
    registration.list_consent_at = registration.photo_consent_at = None
    registration.save()


def give_back_unseen(person_id: UUID) -> None:
    """Whoever has left a group, or its managers, gives back the seats at what is for that group alone; by mail."""
    rows = Registration.objects.filter(person_id=person_id, event__visibility=Visibility.GROUP)
    for event_id in list(_open(rows).order_by("event_id").values_list("event_id", flat=True)):
        end_unseen(event=Event.objects.select_for_update().get(pk=event_id))


def end_unseen(*, event: Event) -> None:
    """End the registrations of those who may not see the event any more; others move up. Call with the event locked."""
    if not event.is_for_group or event.is_called_off or event.is_over:
        return
    rows = list(_open(event.registrations.all()).select_related("person").order_by("created", "pk"))
    stay = {row.pk for row in who_may_see(event, event.registrations.all())}
    for registration in rows:
        if registration.pk not in stay:
            registration.event = event
            _end(registration)
            if registration.person.has_mailbox:
                tell_ended(registration=registration)
    promote_from_waiting_list(event=event)


def _open(rows: QuerySet[Registration]) -> QuerySet[Registration]:
    return rows.exclude(state=RegistrationState.CANCELLED)


def cancel_on_departure(membership: Membership) -> None:
    """Whoever leaves the network gives back the seats of the events that are to come."""
    open_rows = _open(Registration.objects.filter(person_id=membership.person_id))
    for registration in open_rows.select_related("event").order_by("event_id"):
        if may_cancel(registration):
            cancel(registration=registration)


def open_registration(event: Event, visitor: Visitor) -> Registration | None:
    """The visitor's registration that is not cancelled; ``None`` for guests."""
    if not visitor.is_signed_in:
        return None
    found: Registration | None = (
        event.registrations.filter(person=visitor.person).exclude(state=RegistrationState.CANCELLED).first()
    )
    if found:
        found.event = event
    return found


def _locked(registration: Registration) -> Registration:
    """The row re-read after its event was locked."""
    event = Event.objects.select_for_update().get(pk=registration.event_id)
    fresh: Registration = Registration.objects.select_related("person", "municipality").get(pk=registration.pk)
    fresh.event = event
    return fresh


def _write_answers(registration: Registration, answers: Answers) -> None:
    """Consents keep the time at which they were first given."""
    now = timezone.now()
    registration.function = answers.function
    registration.municipality = answers.municipality
    wishes = {
        question.key: answers.workshops[question.slot]
        for question in questions.parse(registration.event.questions)
        if question.slot and answers.workshops.get(question.slot)
    }
    registration.answers = {**answers.other, **wishes}
    registration.list_consent_at = (registration.list_consent_at or now) if answers.list_consent else None
    registration.photo_consent_at = (registration.photo_consent_at or now) if answers.photo_consent else None


def _take_seats(registration: Registration, workshops: dict[str, str]) -> None:
    """Seats of ``registration`` become exactly the chosen ones. Call while holding the event's lock."""
    chosen = lock_items(registration.event, workshops)
    unknown = set(workshops) - set(chosen)
    if unknown:
        raise WorkshopFull(unknown.pop(), _("Diese Werkstatt gibt es nicht mehr. Bitte wählen Sie eine andere."))
    held = {seat.item_id: seat for seat in registration.seats.all()}
    for item_id, seat in held.items():
        if item_id not in {item.pk for item in chosen.values()}:
            seat.delete()
    for slot, item in chosen.items():
        if item.pk in held:
            continue
        if item_is_full(item):
            raise WorkshopFull(
                slot,
                _("„%(title)s“ ist inzwischen ausgebucht. Bitte wählen Sie eine andere Werkstatt.")
                % {"title": item.title},
            )
        WorkshopSeat.objects.create(registration=registration, item=item, slot=slot)
