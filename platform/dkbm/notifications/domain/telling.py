"""Tell people what happened: a row for each, in the transaction of what happened. How it reaches them comes after."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Sequence

from django.db import models, transaction

from dkbm.core.text import one_line
from dkbm.notifications.domain.dispatch import Way, dispatch
from dkbm.notifications.domain.outbox import Attachment, Recipient, Thing
from dkbm.notifications.domain.wishes import who_wants
from dkbm.notifications.kinds import kind_of
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
    mailed: Collection[uuid.UUID] = (),
    reply_to: str = "",
) -> list[Notification]:
    """Write a notification for each of ``people`` who wants to be told, and dispatch it by mail.

    ``people``: those whom it concerns and who may read of it; who of them has switched the kind off is left out here.
    ``about``: the thing. The same kind, thing and ``occasion`` is told to a person once, so name a version, or take
    :func:`every_time`, where it happens again. ``scope``: group and topic, as far as the kind's wishes name them.
    ``path``: where it is read, on the network's host. ``context``: plain JSON for sentence, subject and template of
    the mail. ``mailed``: ids of those who are mailed of a quiet kind unless they wish otherwise. ``reply_to``: where
    answers go, if not to the network. Raises ``UnknownKind``, and ``KeyError`` for a value that the sentence lacks.
    """
    told_kind = kind_of(kind)
    check_scope(told_kind, scope)
    values = context or {}
    thing = about if isinstance(about, Thing) else Thing.of(about)
    concerned = {person.pk: person for person in people}
    wanted = who_wants(told_kind, concerned, scope)
    fields = {
        "kind": told_kind.key,
        "about_label": thing.label,
        "about_key": thing.key,
        "occasion": occasion,
        "values": {name: one_line(values[name]) for name in told_kind.sentence_names},
        "path": path,
    }
    rows = _write([Notification(person_id=each, **fields) for each in concerned if each in wanted])
    told = [(row, concerned[row.person_id]) for row in rows]
    dispatch(kind=told_kind, told=told, about=thing, context=values, way=Way(scope, mailed, attachments, reply_to))
    return rows


def _write(rows: list[Notification]) -> list[Notification]:
    """Insert; returns those that were not there before, also when two do it at once."""
    if not rows:
        return []
    Notification.objects.bulk_create(rows, ignore_conflicts=True)
    new = set(Notification.objects.filter(pk__in=[row.pk for row in rows]).order_by().values_list("pk", flat=True))
    return [row for row in rows if row.pk in new]
