"""What a person has seen of what they were told; what was read is in no digest."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Model, QuerySet
from django.utils import timezone

from dkbm.notifications.domain.outbox import Recipient, Thing
from dkbm.notifications.domain.queries.notifications import notifications_of
from dkbm.notifications.domain.telling import bundle_of_thing
from dkbm.notifications.live import ring_on_commit
from dkbm.notifications.models import Notification


def mark_read(notification: Notification) -> None:
    """With all that is listed with it; the first time counts."""
    bundle = Notification.objects.filter(person_id=notification.person_id, bundle=notification.bundle)
    _read(notification.person_id, bundle.filter(read__isnull=True))


def mark_all_read(*, person: Recipient) -> int:
    """Returns how many were unread."""
    return _read(person.pk, _unread(person))


def read_at(*, person: Recipient, path: str) -> None:
    """The person has opened the page of this path; it counts anew what is left, so nothing else has to hear of it."""
    _unread(person).filter(path=path).update(read=timezone.now())


def read_things(*, person: Recipient, label: str, keys: Collection[str] | QuerySet[Any, Any], bundle: str) -> None:
    """They have seen these things of one bundle: model and keys, as ``Thing`` holds them. One query."""
    _read(person.pk, _unread(person).filter(bundle=bundle, about_label=label, about_key__in=keys))


def read_about(*, person: Recipient, about: Model) -> None:
    """They have seen this one thing, which is listed by itself."""
    thing = Thing.of(about)
    read_things(person=person, label=thing.label, keys=[thing.key], bundle=bundle_of_thing(thing))


def read_kinds(*, person: Recipient, kinds: Collection[str]) -> None:
    """They have declared all of these kinds to be read; one query."""
    _read(person.pk, _unread(person).filter(kind__in=kinds))


def _read(person_id: UUID, unread: QuerySet[Notification, Any]) -> int:
    """Rows of one person, whose bell hears of it. Returns how many there were."""
    count = int(unread.update(read=timezone.now()))
    if count:
        ring_on_commit([person_id])
    return count


def _unread(person: Recipient) -> QuerySet[Notification, Any]:
    return notifications_of(person).filter(read__isnull=True)
