"""Tell people what happened: a row for each, in the transaction of what happened. How it reaches them comes after."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models, transaction

from dkbm.core.text import one_line
from dkbm.notifications.domain.deciding import Because, Ruling, decide
from dkbm.notifications.domain.dispatch import Post, dispatch
from dkbm.notifications.domain.outbox import Attachment, Recipient, Thing
from dkbm.notifications.enums import Level
from dkbm.notifications.kinds import Kind, kind_of
from dkbm.notifications.live import ring_on_commit
from dkbm.notifications.models import Notification
from dkbm.notifications.scopes import NETWORK, Within, check_scope


def every_time() -> str:
    """An occasion that never comes again, for what may happen to the same thing any number of times."""
    return uuid.uuid4().hex


@transaction.atomic
def tell(
    *,
    kind: str,
    people: Iterable[Recipient],
    about: models.Model | Thing,
    path: str,
    context: dict[str, str] | None = None,
    scope: Within = NETWORK,
    occasion: str = "",
    attachments: Sequence[Attachment] = (),
    because: Because | None = None,
    reply_to: str = "",
    sender: str = "",
) -> list[Notification]:
    """Write a notification for each of ``people``, decide how they are told, and queue the mails that go at once.

    ``people``: those whom it concerns and who may read of it; the row of who wants to hear nothing is shown to nobody.
    ``about``: the thing. The same kind, thing and ``occasion`` is told to a person once, so name a version, or take
    :func:`every_time`, where it happens again. ``scope``: group and topic, as far as the kind's wishes name them.
    ``path``: where it is read, on the network's host. ``context``: plain JSON for sentence, subject and template of
    the mail. ``because``: what is known of some of them that counts for how they are told. ``reply_to``: where answers
    go, if not to the network. ``sender``: name of the member whose words the mail carries.
    Returns the new rows of those who were told.
    Raises ``UnknownKind``, and ``KeyError`` for a value that the sentence lacks.
    """
    told_kind = kind_of(kind)
    check_scope(told_kind, scope)
    values = context or {}
    thing = about if isinstance(about, Thing) else Thing.of(about)
    concerned = {person.pk: person for person in people}
    rulings = decide(told_kind, concerned, scope, because)
    fields = {**_place(told_kind, thing, scope), "occasion": occasion, "values": _kept(told_kind, values), "path": path}
    rows = _write([_row(person_id, ruling, fields) for person_id, ruling in rulings.items()])
    told = [(row, concerned[row.person_id]) for row in rows if row.level != Level.OFF]
    ring_on_commit(row.person_id for row, _person in told)
    dispatch(kind=told_kind, told=told, about=thing, post=Post(scope, values, attachments, reply_to, sender))
    return [row for row, _person in told]


def bundle_of_topic(topic_id: int) -> str:
    """What all that happens in one topic is listed under."""
    return f"topic:{topic_id}"


def bundle_of_thing(thing: Thing) -> str:
    """The same for what happens in no topic."""
    return f"{thing.label}:{thing.key}"


def _place(kind: Kind, thing: Thing, scope: Within) -> dict[str, Any]:
    """What it is about and where it happened; whatever happens in one topic is one bundle."""
    return {
        "kind": kind.key,
        "about_label": thing.label,
        "about_key": thing.key,
        "group": scope.group,
        "topic": scope.topic,
        "bundle": bundle_of_topic(scope.topic) if scope.topic else bundle_of_thing(thing),
    }


def _kept(kind: Kind, values: dict[str, str]) -> dict[str, str]:
    return {name: one_line(values[name]) for name in kind.sentence_names}


def _row(person_id: uuid.UUID, ruling: Ruling, fields: dict[str, Any]) -> Notification:
    return Notification(person_id=person_id, level=ruling.level, rule=ruling.rule, **fields)


def _write(rows: list[Notification]) -> list[Notification]:
    """Insert; returns those that were not there before, also when two do it at once."""
    if not rows:
        return []
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    new = set(Notification.objects.filter(pk__in=[row.pk for row in rows]).order_by().values_list("pk", flat=True))
    return [row for row in rows if row.pk in new]
