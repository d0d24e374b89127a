"""Mails that came in, as their author sees them, and those that wait."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from dkbm.inbound.enums import Outcome
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.outbox import Recipient

LEFT_BEHIND = timedelta(minutes=1)


def answers_of(person: Recipient) -> QuerySet[IncomingMail]:
    """What the person answered by mail in the bound network, newest first; not what programs sent to it."""
    own: QuerySet[IncomingMail] = IncomingMail.objects.filter(person_id=person.pk).exclude(outcome=Outcome.AUTOMATIC)
    return own.defer("raw")


def left_behind() -> list[int]:
    """Ids of mails whose task was lost, or whose worker died."""
    waiting = IncomingMail.objects.filter(outcome=Outcome.WAITING, received__lt=timezone.now() - LEFT_BEHIND)
    return list(waiting.order_by("received", "pk").values_list("pk", flat=True)[:500])
