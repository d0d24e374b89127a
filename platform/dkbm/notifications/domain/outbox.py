"""Write mails into the outbox, in the transaction of what causes them.

Members are told of events by ``telling.tell``, which comes here. What is no event of the network (links that confirm
or reset, addresses without an account) is sent straight by :func:`send_to_address`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import models, transaction
from django.template.loader import render_to_string

from dkbm.core.commits import publish_on_commit
from dkbm.core.text import one_line, seen_text
from dkbm.notifications.kinds import TEXTS, mail_kind_of
from dkbm.notifications.models import Mail, MailAttachment
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import base_url

SEND_TASK = "notifications.send_mail"
SEND_ALL_TASK = "notifications.send_mails"
SEND_BATCH_TASK = "notifications.send_batch"
"""Behind the others in the worker's queue (``settings.background``)."""


class Recipient(Protocol):
    """What is known here of a person."""

    pk: Any
    email: str


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
    """A mail to a person. ``key``: a second one with the same key is not written in this network."""

    recipient: Recipient
    key: str


def queue_mails(
    *,
    kind: str,
    letters: Sequence[Letter],
    path: str,
    cause: Thing,
    context: dict[str, str] | None = None,
    attachments: Sequence[Attachment] = (),
    reply_to: str = "",
) -> None:
    """Queue a mail of ``kind`` for each letter to a person of the bound network; they leave after the commit.

    However many there are, it takes the same few queries. Apps call ``tell``. ``path``: what the mails are about, on
    the network's host, from the first slash. ``context``: plain JSON for subject and template. ``reply_to``: where
    answers go, if not to the network. Raises ``UnknownKind``.
    """
    known = set(_with_keys(letters).values_list("key", flat=True))
    new = [letter for letter in letters if letter.key not in known]
    if not new:
        return
    mails = [
        Mail(
            **_fields(kind, letter.recipient, letter.recipient.email, path, cause, context),
            key=letter.key,
            reply_to=reply_to,
        )
        for letter in new
    ]
    with transaction.atomic(savepoint=False):
        Mail.objects.bulk_create(mails, ignore_conflicts=True)
        ids = list(_with_keys(new).order_by("pk").values_list("pk", flat=True))
        _attach(ids, attachments)
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
    fields = _fields(kind, None, email, path, Thing.of(cause) if cause else None, context) | {"reply_to": reply_to}
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


def _fields(
    kind_key: str,
    recipient: Recipient | None,
    address: str,
    path: str,
    cause: Thing | None,
    context: dict[str, str] | None,
) -> dict[str, Any]:
    kind = mail_kind_of(kind_key)
    values = safe_values(context or {})
    return {
        "kind": kind.key,
        "recipient_id": recipient.pk if recipient else None,
        "address": address,
        "subject": one_line(str(kind.subject) % values)[:250],
        "body": _body(kind.template_name, recipient, path, values),
        "path": path,
        "cause_label": cause.label if cause else "",
        "cause_key": cause.key if cause else "",
    }


def safe_values(values: dict[str, str]) -> dict[str, str]:
    """People chose the names in it: no name begins a line of its own, and nothing turns what stands behind it."""
    return {name: seen_text(text) if name in TEXTS else one_line(text) for name, text in values.items()}


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


def _body(template: str, recipient: Recipient | None, path: str, values: dict[str, str]) -> str:
    network = require_network()
    url = base_url(network)
    frame = {"network": network, "base_url": url, "link": f"{url}{path}", "recipient": recipient}
    text = render_to_string(template, {**values, **frame})
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
