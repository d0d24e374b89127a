"""Whoever takes part in an event: for those who see its list of participants."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dkbm.core.views import number_from
from dkbm.events import periods
from dkbm.events.enums import EventState, RegistrationState
from dkbm.events.models import Event, Registration
from dkbm.events.rules import may_manage
from dkbm.notifications.selections import Choice, Selection
from dkbm.tenancy.visitor import Visitor

MOST = 20
SO_LONG = datetime.timedelta(days=180)
"""After it one writes to those who took part, but not for ever."""


def _events(visitor: Visitor, group: int | None) -> list[Choice]:
    """Of a group its own ones; in the network all. The latest first."""
    events = Event.objects.exclude(state=EventState.DRAFT).filter(last_day__gte=timezone.localdate() - SO_LONG)
    if group is not None:
        events = events.filter(group_id=group)
    registered = Registration.objects.filter(event=OuterRef("pk"), state=RegistrationState.REGISTERED)
    found = events.filter(Exists(registered)).order_by("-first_day", "pk")[:MOST]
    return [_choice(event) for event in found if may_manage(visitor, event)]


def _choice(event: Event) -> Choice:
    when = periods.in_words(event.first_day, event.last_day, event.precision)
    return Choice(str(event.pk), gettext("Angemeldet: %(title)s, %(when)s") % {"title": event.title, "when": when})


def _participants(key: str, group: int | None) -> Collection[UUID]:
    rows = Registration.objects.filter(event=number_from(key), state=RegistrationState.REGISTERED)
    return set(rows.order_by().values_list("person", flat=True))


SELECTIONS = (Selection("event", _("Wer an einem Termin teilnimmt"), _events, _participants, order=50),)
