"""What goes by itself: the message as it came after two weeks, what became of it after half a year."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from dkbm.inbound.enums import Outcome
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.outbox import Recipient

KEEP_RAW = timedelta(days=14)
KEEP_ROW = timedelta(days=180)


def forget_answers(person: Recipient) -> None:
    """Whoever leaves the network: what they answered by mail goes. Posts stay, as all that they wrote."""
    IncomingMail.objects.filter(person_id=person.pk).delete()


def forget_old_mails() -> int:
    """Of the bound network; returns how many rows went. What still waits is kept whole."""
    now = timezone.now()
    read = IncomingMail.objects.exclude(outcome=Outcome.WAITING)
    read.filter(received__lt=now - KEEP_RAW).exclude(raw=b"").update(raw=b"")
    return int(read.filter(received__lt=now - KEEP_ROW).delete()[0])
