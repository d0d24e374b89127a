"""Organisers make, change, publish and call off events. Seats: lock the event, count, write."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dkbm.accounts.models import with_mailbox
from dkbm.cms.domain.edits import note_edit
from dkbm.core.decisions import Decision
from dkbm.core.slugs import free_slug
from dkbm.core.text import german_slug
from dkbm.events import rules
from dkbm.events.domain.mails import tell_announced, tell_called_off, tell_changed
from dkbm.events.domain.programme import ItemData, write_programme
from dkbm.events.domain.registration import end_unseen
from dkbm.events.domain.saving import RESERVED_SLUGS, save_event
from dkbm.events.domain.searching import TYPE, index_event
from dkbm.events.domain.waiting_list import who_may_see
from dkbm.events.enums import EventState, Precision, RegistrationState, Visibility
from dkbm.events.errors import EventRefused
from dkbm.events.models import Event, Registration
from dkbm.search.domain.index import remove_object
from dkbm.tenancy.groups import name_of_group, organises
from dkbm.tenancy.locking import lock_for
from dkbm.tenancy.visitor import Visitor

TOLD_FIELDS = ("first_day", "last_day", "starts", "ends", "place", "venue")
"""A change of these is told to everybody who is registered or waits."""


@dataclass(frozen=True)
class EventData:
    """What the form asks; names of the model's fields."""

    title: str
    kind: str
    visibility: str
    first_day: datetime.date
    last_day: datetime.date
    starts: datetime.time | None = None
    ends: datetime.time | None = None
    theme: str = ""
    summary: str = ""
    venue: str = ""
    place: str = ""
    online_url: str = ""
    registration_opens: datetime.date | None = None
    registration_closes: datetime.date | None = None
    capacity: int | None = None
    waiting_list: bool = False
    group_id: int | None = None


@transaction.atomic
def create_event(*, data: EventData, items: Sequence[ItemData], visitor: Visitor, slug: str = "") -> Event:
    """A draft. ``slug``: its address for good; made from the title when empty. Raises ``EventRefused``.

    Whoever arranges the meetings of a group makes events of that group, for it or for all members of the network.
    """
    visitor.forget()
    _insist(rules.may_create(visitor))
    _insist_on_owner(visitor, None, data)
    free = slug or free_slug(german_slug(data.title) or "termin", Event.objects.all(), reserved=RESERVED_SLUGS)
    event = Event(slug=free, state=EventState.DRAFT)
    if event.slug in RESERVED_SLUGS:
        raise EventRefused(
            _("„%(slug)s“ ist für die Plattform reserviert. Bitte wählen Sie ein anderes Kürzel.") % {"slug": slug},
            field="slug",
        )
    if Event.objects.filter(slug=event.slug).exists():
        raise _taken(event.slug)
    try:
        with transaction.atomic():
            _write(event, data, items)
    except IntegrityError as error:
        if "event_slug_once_a_network" in str(error):
            raise _taken(event.slug) from None
        raise
    return event


@transaction.atomic
def edit_event(*, event: Event, data: EventData, items: Sequence[ItemData], visitor: Visitor) -> Event:
    """Bring the event to what the form says; what the form does not ask stays. The address stays.

    Another day, time, place or link is told to those who are registered; more seats let people move up. Raises
    ``EventRefused``: fewer seats than registrations, a workshop that somebody has chosen is to go.
    """
    event = lock_for(visitor, event)
    _insist(rules.may_change_event(visitor, event))
    _insist_on_owner(visitor, event, data)
    before, link = _values(event, TOLD_FIELDS), event.online_url
    _write(event, data, items)
    note_edit(event, visitor=visitor)
    end_unseen(event=event)
    if event.is_published and not event.is_over:
        _tell_change(event, all_of_it=before != _values(event, TOLD_FIELDS), link=link != event.online_url)
    return event


def _tell_change(event: Event, *, all_of_it: bool, link: bool) -> None:
    """Another ``link`` alone concerns those who may see it: whoever waits has none yet."""
    for registration in _standing(event) if all_of_it or link else ():
        if all_of_it or registration.is_registered:
            tell_changed(registration=registration)


@transaction.atomic
def publish_event(*, event: Event, visitor: Visitor) -> Event:
    """From now on everybody whom it is for finds it, and registration opens on its day; the members of the group that
    meets are told. Raises ``EventRefused``."""
    event = lock_for(visitor, event)
    _insist(rules.may_publish(visitor, event))
    event.state = EventState.PUBLISHED
    event.save(update_fields=["state", "updated"])
    index_event(event)
    # Whoever publishes need not know of the group: an editor helps with the meeting of a sub-group that is for all.
    if event.tells_its_group and (group := name_of_group(event.group_id)):
        tell_announced(event=event, group=group, by=visitor.person_id)
    return event


@transaction.atomic
def call_off_event(*, event: Event, reason: str, visitor: Visitor) -> Event:
    """Call it off for good; everybody registered or waiting reads the reason in a mail. Raises ``EventRefused``."""
    event = lock_for(visitor, event)
    _insist(rules.may_call_off(visitor, event))
    if not reason.strip():
        raise EventRefused(_("Bitte nennen Sie den Grund; er steht in der E-Mail."), field="reason")
    event.state, event.call_off_reason = EventState.CALLED_OFF, reason.strip()
    event.sequence += 1
    event.save(update_fields=["state", "call_off_reason", "sequence", "updated"])
    for registration in _standing(event):
        tell_called_off(registration=registration)
    index_event(event)
    return event


@transaction.atomic
def discard_event(*, event: Event, visitor: Visitor) -> None:
    """Delete a draft. Raises ``EventRefused``."""
    event = lock_for(visitor, event)
    _insist(rules.may_discard(visitor, event))
    remove_object(type=TYPE, key=str(event.pk))
    event.delete()


def _insist_on_owner(visitor: Visitor, event: Event | None, data: EventData) -> None:
    """Whether the visitor may give the event (``None``: a new one) to that group, and show it to those people."""
    group_id, edits = data.group_id, bool(rules.may_edit(visitor))
    if group_id is None and not edits:
        raise EventRefused(_("Bitte wählen Sie eine Gruppe, deren Termine Sie anlegen."), field="group_id")
    if group_id is None and data.visibility == Visibility.GROUP:
        raise EventRefused(_("Bitte wählen Sie die Gruppe, die den Termin sieht."), field="group_id")
    if group_id not in (None, event and event.group_id) and not organises(visitor, group_id):
        raise EventRefused(_("Für diese Gruppe können Sie keine Termine anlegen."), field="group_id")
    if data.visibility == Visibility.PUBLIC and not edits and (event is None or data.visibility != event.visibility):
        raise EventRefused(
            _("Öffentliche Termine können nur die Redaktion und die Netzwerkleitung anlegen."), field="visibility"
        )
    if data.visibility == Visibility.GROUP and not rules.may_read_group(visitor, group_id):
        raise EventRefused(
            _("Sie gehören nicht zu dieser Gruppe und könnten den Termin danach nicht mehr sehen."), field="visibility"
        )


def _write(event: Event, data: EventData, items: Sequence[ItemData]) -> None:
    """What the form asks, and its programme. Call while holding the event's lock, where it has a row."""
    fields = asdict(data)
    if (event.first_day, event.last_day) != (data.first_day, data.last_day):
        fields["precision"] = Precision.DAY
    try:
        save_event(event, fields, programme=partial(write_programme, rows=items))
    except ValidationError as error:
        raise EventRefused(" ".join(error.messages)) from error


def _standing(event: Event) -> list[Registration]:
    """Everybody registered or waiting who may see the event, with account; in the order of registration."""
    rows = event.registrations.exclude(state=RegistrationState.CANCELLED).select_related("person")
    found = list(who_may_see(event, rows.filter(with_mailbox("person")).order_by("created", "pk")))
    for registration in found:
        registration.event = event
    return found


def _values(event: Event, names: Sequence[str]) -> list[object]:
    return [getattr(event, name) for name in names]


def _taken(slug: str) -> EventRefused:
    return EventRefused(
        _("„%(slug)s“ ist schon die Adresse eines anderen Termins. Bitte wählen Sie ein anderes Kürzel.")
        % {"slug": slug},
        field="slug",
    )


def _insist(decision: Decision) -> None:
    if not decision:
        raise EventRefused(decision.reason)
