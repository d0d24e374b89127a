"""What a person has seen of what they were told."""

from __future__ import annotations

from django.utils import timezone

from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.domain.queries.notifications import notifications_of
from dkbm.notifications.models import Notification


def mark_read(notification: Notification) -> None:
    """The first time counts."""
    if notification.read is None:
        notification.read = timezone.now()
        notification.save(update_fields=["read"])


def mark_all_read(*, person: Recipient) -> int:
    """Returns how many were unread."""
    return int(notifications_of(person).filter(read__isnull=True).update(read=timezone.now()))
