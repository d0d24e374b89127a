"""What a person was told, as their own page shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.enums import Level
from dkbm.notifications.kinds import UnknownKind, kind_of, label_of
from dkbm.notifications.models import Notification
from dkbm.tenancy.kept_queries import Given, KeptQuery

MOST_UNREAD = 500
"""Rows that are read to count what is new."""


@dataclass(frozen=True)
class NotificationRow:
    """``is_gone``: what it was about has been deleted, so there is nothing to open."""

    notification: Notification
    sentence: str
    label: str
    is_gone: bool


def notifications_of(person: Recipient) -> QuerySet[Notification]:
    """Of the bound network, newest first; what they wanted to hear nothing of is not among it."""
    own: QuerySet[Notification] = Notification.objects.filter(person_id=person.pk).exclude(level=Level.OFF)
    return own


@dataclass(frozen=True)
class Unread:
    """``bundle``: what it is listed with; ``path``: where it is read."""

    bundle: str
    path: str


def unread_of(person: Recipient) -> list[Unread]:
    """In one query; of very many the first ones, so that a page says "99+"."""
    return [Unread(bundle, path) for bundle, path in _UNREAD.all(person=person.pk)]


_UNREAD = KeptQuery[tuple[str, str]](
    lambda: (
        Notification.objects.filter(person_id=Given("person"), read__isnull=True)
        .exclude(level=Level.OFF)
        .order_by("bundle")
        .values_list("bundle", "path")[:MOST_UNREAD]
    )
)


@dataclass(frozen=True)
class Bundle:
    """What belongs together on the person's page: the newest row, those before it, and whether one is unread."""

    newest: NotificationRow
    earlier: list[NotificationRow]
    is_new: bool


def bundles_of(notifications: Iterable[Notification]) -> list[Bundle]:
    """In the order of the newest of each."""
    together: dict[str, list[NotificationRow]] = {}
    for row in rows_of(notifications):
        together.setdefault(row.notification.bundle, []).append(row)
    return [Bundle(rows[0], rows[1:], any(row.notification.read is None for row in rows)) for rows in together.values()]


def rows_of(notifications: Iterable[Notification]) -> list[NotificationRow]:
    """With their sentences; one query for each kind whose things can be deleted, however many rows."""
    shown = list(notifications)
    gone = _gone(shown)
    return [NotificationRow(each, sentence_of(each), label_of(each.kind), each.pk in gone) for each in shown]


def sentence_of(notification: Notification) -> str:
    """What happened. A name that was not kept, because the sentence was another one then, is a dash."""
    try:
        kind = kind_of(notification.kind)
    except UnknownKind:
        return label_of(notification.kind)
    return str(kind.sentence) % defaultdict(lambda: "–", notification.values)


def _gone(notifications: list[Notification]) -> set[object]:
    by_kind = defaultdict(list)
    for each in notifications:
        by_kind[each.kind].append(each)
    return {each.pk for key, rows in by_kind.items() for each in _gone_of_kind(key, rows)}


def _gone_of_kind(key: str, rows: list[Notification]) -> list[Notification]:
    try:
        things = kind_of(key).things
    except UnknownKind:
        return []
    if things is None:
        return []
    there = {str(pk) for pk in things().filter(pk__in=[row.about_key for row in rows]).values_list("pk", flat=True)}
    return [row for row in rows if row.about_key not in there]
