"""Which mails are due, which have failed."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils import timezone

from dkbm.notifications.enums import Level, MailState
from dkbm.notifications.kinds import Kind, all_kinds
from dkbm.notifications.models import DeadAddress, Mail

DIGEST = "digest."


def due_mails() -> QuerySet[Mail]:
    """Waiting ones whose time has come, and those whose worker has not come back; oldest first."""
    due: QuerySet[Mail] = Mail.objects.filter(
        state__in=[MailState.QUEUED, MailState.SENDING], next_try__lte=timezone.now()
    ).order_by("next_try", "pk")
    return due


def patient_kinds() -> set[str]:
    """Keys of what may wait a little: what goes to many, and what members can switch off."""
    return {
        kind.key for kind in all_kinds() if kind.key.startswith(DIGEST) or (isinstance(kind, Kind) and kind.optional)
    }


def kinds_in_digests() -> set[str]:
    """Keys of what a digest can tell as well, and of digests; not of a letter, which stands in its mail alone."""
    return {
        kind.key
        for kind in all_kinds()
        if kind.key.startswith(DIGEST) or (isinstance(kind, Kind) and kind.optional and Level.DAILY in kind.levels)
    }


def failed_mails() -> QuerySet[Mail]:
    """Those that will not be tried again by themselves, or came back; newest first."""
    failed: QuerySet[Mail] = Mail.objects.filter(state__in=[MailState.FAILED, MailState.BOUNCED]).defer("body")
    return failed


def waiting_count() -> int:
    return int(Mail.objects.filter(state__in=[MailState.QUEUED, MailState.SENDING, MailState.HANDED]).count())


def dead_addresses() -> QuerySet[DeadAddress]:
    """Where nothing is mailed any more, the newest first."""
    dead: QuerySet[DeadAddress] = DeadAddress.objects.filter(dead__isnull=False).order_by("-dead", "pk")
    return dead
