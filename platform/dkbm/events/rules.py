"""Who may do what with events; each answer carries its reason."""

from __future__ import annotations

import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dkbm.core.decisions import ALLOWED, Decision, refused
from dkbm.tenancy.groups import (
    groups_in_charge,
    is_in_charge,
    is_open_group,
    organised_groups,
    readable_group_ids,
)
from dkbm.tenancy.visitor import Visitor

from .enums import Visibility
from .models import Event, Registration


def may_read_group(visitor: Visitor, group_id: int | None) -> bool:
    """Read what is for this group alone: its members, and managers."""
    return visitor.is_manager or (group_id is not None and group_id in readable_group_ids(visitor))


def may_see(visitor: Visitor, event: Event) -> Decision:
    """Whom a published event is for; ``queries.events.visible_events`` says the same of many, drafts included."""
    if event.visibility == Visibility.PUBLIC:
        return ALLOWED
    if not visitor.is_member:
        return refused(_("Diesen Termin sehen nur Mitglieder des Netzwerks."))
    if event.is_for_group and not may_read_group(visitor, event.group_id):
        return refused(_("Diesen Termin sehen nur die Mitglieder der Gruppe."))
    return ALLOWED


def may_edit(visitor: Visitor) -> Decision:
    """Arrange events of the whole network: editors and managers."""
    if visitor.is_editor or visitor.is_manager:
        return ALLOWED
    return refused(_("Termine des Netzwerks können nur die Redaktion und die Netzwerkleitung bearbeiten."))


def may_create(visitor: Visitor) -> Decision:
    """Events of the network, or of a group whose meetings one arranges."""
    return ALLOWED if may_edit(visitor) or organised_groups(visitor) else _not_an_organiser()


def may_arrange(visitor: Visitor) -> Decision:
    """Look after events at all, if only the last one of a group that is closed by now."""
    return ALLOWED if may_edit(visitor) or groups_in_charge(visitor) else _not_an_organiser()


def may_organise(visitor: Visitor, event: Event) -> Decision:
    """Change, publish and call off: editors and managers, and whoever looks after the meetings of the event's group."""
    seen = may_see(visitor, event)
    if not seen:
        return seen
    return ALLOWED if may_edit(visitor) or is_in_charge(visitor, event.group_id) else _not_an_organiser()


def _not_an_organiser() -> Decision:
    return refused(
        _(
            "Termine bearbeiten die Redaktion und die Netzwerkleitung, für ihre Gruppe auch Sprecherin oder Sprecher, "
            "Stellvertretung und Leitung."
        )
    )


def may_change_event(visitor: Visitor, event: Event) -> Decision:
    decision = may_organise(visitor, event)
    if decision and event.is_called_off:
        return refused(_("Die Veranstaltung ist abgesagt und wird nicht mehr geändert."))
    return _of_open_group(event) if decision else decision


def _of_open_group(event: Event) -> Decision:
    """A group that is closed or archived can only be read, and its events with it."""
    if event.group_id is None or is_open_group(event.group_id):
        return ALLOWED
    return refused(_("Die Gruppe ist abgeschlossen oder archiviert. Ihre Termine können nur noch gelesen werden."))


def may_publish(visitor: Visitor, event: Event) -> Decision:
    """Drafts; a group that is closed or archived gets no new events."""
    decision = may_organise(visitor, event)
    if not decision:
        return decision
    if not event.is_draft:
        return refused(_("Dieser Termin ist schon veröffentlicht."))
    return _of_open_group(event)


def may_discard(visitor: Visitor, event: Event) -> Decision:
    """Only drafts go without a trace; what was public is called off."""
    decision = may_organise(visitor, event)
    if decision and not event.is_draft:
        return refused(_("Löschen können Sie nur Entwürfe. Veröffentlichte Termine können Sie absagen."))
    return decision


def may_call_off(visitor: Visitor, event: Event) -> Decision:
    decision = may_organise(visitor, event)
    if not decision:
        return decision
    if event.is_called_off:
        return refused(_("Die Veranstaltung ist schon abgesagt."))
    if event.is_draft:
        return refused(_("Einen Entwurf können Sie löschen. Absagen müssen Sie ihn nicht."))
    if event.is_over:
        return refused(_("Die Veranstaltung ist vorbei."))
    return ALLOWED


def may_see_link(visitor: Visitor, event: Event, registration: Registration | None) -> Decision:
    """The conference's link: whoever has a seat, and the organisers; all members where nobody registers."""
    if may_organise(visitor, event) or (registration and registration.is_registered):
        return ALLOWED
    if visitor.is_member and not event.takes_registrations:
        return ALLOWED
    return refused(_("Den Link sehen hier alle, die angemeldet sind."))


def is_open(event: Event, today: datetime.date | None = None) -> Decision:
    """Whether registration is open; both days of the window count. Says when it opens or when it closed."""
    today = today or timezone.localdate()
    if not event.takes_registrations:
        return refused(_("Für diese Veranstaltung gibt es hier keine Anmeldung."))
    if event.is_called_off:
        return refused(_("Die Veranstaltung ist abgesagt."))
    if event.is_draft:
        return refused(_("Der Termin ist noch nicht veröffentlicht."))
    if event.is_over:
        return refused(_("Die Veranstaltung ist vorbei."))
    if event.registration_opens and today < event.registration_opens:
        return refused(_("Die Anmeldung beginnt am %(day)s.") % {"day": _day(event.registration_opens)})
    if event.registration_closes and today > event.registration_closes:
        return refused(_("Die Anmeldung endete am %(day)s.") % {"day": _day(event.registration_closes)})
    return ALLOWED


def is_full(event: Event) -> bool:
    """``event``: with its number ``taken``."""
    return event.capacity is not None and event.taken >= event.capacity  # type: ignore[attr-defined]


def takes_more(event: Event) -> Decision:
    """Whether registration is open and there is a seat or a waiting list. ``event``: with its number ``taken``."""
    decision = is_open(event)
    if decision and is_full(event) and not event.waiting_list:
        return refused(_("Alle Plätze sind vergeben, und es gibt keine Warteliste."))
    return decision


def may_register(visitor: Visitor, event: Event) -> Decision:
    """Active members who may see it, while registration is open; whether there is a seat says :func:`takes_more`."""
    if not visitor.is_member:
        return refused(_("Anmelden können sich nur Mitglieder des Netzwerks."))
    seen = may_see(visitor, event)
    return is_open(event) if seen else seen


def may_change(registration: Registration) -> Decision:
    """Until the event begins; also after registration has closed, because seats become free."""
    if registration.is_cancelled:
        return refused(_("Diese Anmeldung ist schon zurückgenommen."))
    if registration.event.is_called_off:
        return refused(_("Die Veranstaltung ist abgesagt."))
    if registration.event.beginning <= timezone.now():
        return refused(
            _("Die Veranstaltung hat am %(day)s begonnen. Eine Änderung ist nicht mehr möglich.")
            % {"day": _day(registration.event.first_day)}
        )
    return ALLOWED


def may_cancel(registration: Registration) -> Decision:
    """Until the event is over."""
    if registration.is_cancelled:
        return refused(_("Sie haben sich schon abgemeldet. Es ist nichts weiter zu tun."))
    if registration.event.is_called_off:
        return refused(_("Die Veranstaltung ist abgesagt. Sie müssen sich nicht abmelden."))
    if registration.event.is_over:
        return refused(
            _("Die Veranstaltung war am %(day)s. Eine Abmeldung ist nicht mehr nötig.")
            % {"day": _day(registration.event.last_day)}
        )
    return ALLOWED


def may_manage(visitor: Visitor, event: Event) -> Decision:
    """The list of participants: managers, and whoever looks after the meetings of the event's group; not editors."""
    if visitor.is_manager or is_in_charge(visitor, event.group_id):
        return ALLOWED
    return refused(_("Die Teilnahmeliste sehen nur die Verantwortlichen des Netzwerks und der Gruppe."))


def _day(day: datetime.date) -> str:
    return date_format(day, "j. F Y")
