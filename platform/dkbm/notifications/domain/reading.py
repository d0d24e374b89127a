"""What a person has seen of what they were told; what was read is in no digest."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.domain.queries.notifications import notifications_of
from dkbm.notifications.live import ring_on_commit
from dkbm.notifications.models import Notification


def mark_read(notification: Notification) -> None:
    """With all that is listed with it; the first time counts."""
    bundle = Notification.objects.filter(person_id=notification.person_id, bundle=notification.bundle)
    if bundle.filter(read__isnull=True).update(read=timezone.now()):
        ring_on_commit([notification.person_id])


def mark_all_read(*, person: Recipient) -> int:
    """Returns how many were unread."""
    count = int(_unread(person).update(read=timezone.now()))
    if count:
        ring_on_commit([person.pk])
    return count


def read_at(*, person: Recipient, path: str) -> None:
    """The person has opened the page of this path."""
    _unread(person).filter(path=path).update(read=timezone.now())


def read_things(*, person: Recipient, label: str, keys: Collection[str] | QuerySet[Any, Any], bundle: str) -> None:
    """They have seen these things of one bundle: model and keys, as ``Thing`` holds them. One query."""
    seen = _unread(person).filter(bundle=bundle, about_label=label, about_key__in=keys)
    if seen.update(read=timezone.now()):
        ring_on_commit([person.pk])


def read_kinds(*, person: Recipient, kinds: Collection[str]) -> None:
    """They have declared all of these kinds to be read; one query."""
    if _unread(person).filter(kind__in=kinds).update(read=timezone.now()):
        ring_on_commit([person.pk])


def _unread(person: Recipient) -> QuerySet[Notification, Any]:
    return notifications_of(person).filter(read__isnull=True)
