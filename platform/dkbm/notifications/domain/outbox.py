"""Write mails into the outbox, in the transaction of what causes them.

Members are told of events by ``telling.tell``, which comes here. What is no event of the network (links that confirm
or reset, addresses without an account) is sent straight by :func:`send_to_address`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import models, transaction

from dkbm.core.commits import publish_on_commit
from dkbm.core.text import one_line
from dkbm.notifications.domain.headers import Place, headers_of, place_of, sender_of_words, subject_of
from dkbm.notifications.domain.writing import Recipient, Writing, safe_values
from dkbm.notifications.kinds import mail_kind_of
from dkbm.notifications.models import Mail, MailAttachment
from dkbm.notifications.scopes import NETWORK, Within

__all__ = ["Attachment", "Letter", "Recipient", "Thing", "queue_mails", "safe_values", "send_to_address"]

SEND_TASK = "notifications.send_mail"
SEND_ALL_TASK = "notifications.send_mails"
SEND_BATCH_TASK = "notifications.send_batch"
"""Behind the others in the worker's queue (``settings.background``)."""


@dataclass(frozen=True)
class Attachment:
    """``content_type`` as in a mail's header, for example ``text/calendar; method=REQUEST``."""

    name: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Thing:
    """What something is about, as text, so that it outlives the row: ``label`` is the model's, in lower case."""

    label: str
    key: str

    @classmethod
    def of(cls, row: models.Model) -> Thing:
        return cls(row._meta.label_lower, str(row.pk))


@dataclass(frozen=True)
class Letter:
    """A mail to a person. ``key``: a second one with the same key is not written in this network.

    ``why``: path of the page that says why it came. ``can_stop``: there one can switch such mails off.
    ``notification``, ``rule``: of the row that it tells. ``reply_to``: where this person's answer goes, if not where
    all of them go.
    """

    recipient: Recipient
    key: str
    why: str = ""
    can_stop: bool = False
    notification: UUID | None = None
    rule: str = ""
    reply_to: str = ""


def queue_mails(
    *,
    kind: str,
    letters: Sequence[Letter],
    path: str,
    cause: Thing,
    context: dict[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    reply_to: str = "",
    scope: Within = NETWORK,
    sender: str = "",
    can_wait: bool = False,
) -> None:
    """Queue a mail of ``kind`` for each letter to a person of the bound network; they leave after the commit.

    However many there are, it takes the same few queries. Apps call ``tell``. ``path``: what the mails are about, on
    the network's host, from the first slash. ``context``: plain JSON for subject and template. ``reply_to``: where
    answers go, if not to the network. ``scope``: where it happened. ``sender``: whose words they carry.
    ``can_wait``: the next sweep takes them, many at a time.
    Raises ``UnknownKind``.
    """
    known = set(_with_keys(letters).values_list("key", flat=True))
    new = [letter for letter in letters if letter.key not in known]
    if not new:
        return
    place = place_of(scope)
    writing = Writing(mail_kind_of(kind), path, context or {})
    common = {
        **_fields(writing, place, cause),
        "sender_name": sender_of_words(sender, place),
        "group": scope.group,
        "topic": scope.topic,
    }
    mails = [Mail(**common, **_fields_of(letter, writing, place, reply_to)) for letter in new]
    with transaction.atomic(savepoint=False):
        Mail.objects.bulk_create(mails, ignore_conflicts=True)
        ids = list(_with_keys(new).order_by("pk").values_list("pk", flat=True))
        _attach(ids, attachments)
    if not can_wait:
        publish_on_commit(SEND_ALL_TASK, mail_ids=ids)


def _with_keys(letters: Sequence[Letter]) -> models.QuerySet[Mail]:
    found: models.QuerySet[Mail] = Mail.objects.filter(key__in=[letter.key for letter in letters])
    return found


def send_to_address(
    *,
    kind: str,
    email: str,
    path: str,
    cause: models.Model | None = None,
    context: dict[str, str] | None = None,
    key: str = "",
    attachments: Sequence[Attachment] = (),
    reply_to: str = "",
) -> Mail:
    """Queue a mail to an address, whoever owns it; ``recipient`` is None in the template.

    A second call with the same ``key`` in this network returns the first mail. Else as :func:`queue_mails`.
    """
    writing = Writing(mail_kind_of(kind), path, context or {})
    body, typed = writing.to(None)
    fields = {
        **_fields(writing, place_of(NETWORK), Thing.of(cause) if cause else None),
        "address": email,
        "body": body,
        "typed": typed,
        "reply_to": reply_to,
    }
    mail: Mail
    with transaction.atomic():
        if key:
            mail, is_new = Mail.objects.get_or_create(key=key, defaults=fields)
            if not is_new:
                return mail
        else:
            mail = Mail.objects.create(**fields)
        _attach([mail.pk], attachments)
    publish_on_commit(SEND_TASK, mail_id=mail.pk)
    return mail


def _fields(writing: Writing, place: Place, cause: Thing | None) -> dict[str, Any]:
    """What all letters of one event have in common."""
    return {
        "kind": writing.kind.key,
        "subject": subject_of(writing.kind, writing.subject, place),
        "path": writing.path,
        "cause_label": cause.label if cause else "",
        "cause_key": cause.key if cause else "",
    }


def _fields_of(letter: Letter, writing: Writing, place: Place, reply_to: str) -> dict[str, Any]:
    takes_answers = bool(letter.reply_to)
    body, typed = writing.to(letter.recipient, why=letter.why, can_stop=letter.can_stop, takes_answers=takes_answers)
    return {
        "recipient_id": letter.recipient.pk,
        "address": letter.recipient.email,
        "key": letter.key,
        "reply_to": letter.reply_to or reply_to,
        "body": body,
        "typed": typed,
        "headers": headers_of(place, can_stop=letter.can_stop, why=letter.why),
        "notification": letter.notification,
        "rule": letter.rule,
    }


def _attach(mail_ids: Sequence[int], attachments: Sequence[Attachment]) -> None:
    rows = [
        MailAttachment(
            mail_id=mail_id, name=one_line(each.name)[:120], content_type=each.content_type, content=each.content
        )
        for mail_id in mail_ids
        for each in attachments
    ]
    if rows:
        MailAttachment.objects.bulk_create(rows)
