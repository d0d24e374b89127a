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
from dkbm.notifications.kinds import mail_kind_of
from dkbm.notifications.models import Mail, MailAttachment
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import base_url

SEND_TASK = "notifications.send_mail"


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


def queue_mail(
    *,
    kind: str,
    recipient: Recipient,
    path: str,
    cause: models.Model | None = None,
    context: dict[str, str] | None = None,
    key: str = "",
    attachments: Sequence[Attachment] = (),
) -> Mail:
    """Queue a mail of ``kind`` to a person of the bound network; it leaves after the commit. Apps call ``tell``.

    ``path``: what the mail is about, on the network's host, from the first slash. ``context``: plain JSON for
    subject and template. ``key``: a second call with the same key in this network returns the first mail.
    Raises ``UnknownKind``.
    """
    return _queue(kind, recipient, recipient.email, path, cause, context, key, attachments)


def send_to_address(
    *,
    kind: str,
    email: str,
    path: str,
    cause: models.Model | None = None,
    context: dict[str, str] | None = None,
    key: str = "",
    attachments: Sequence[Attachment] = (),
) -> Mail:
    """Like :func:`queue_mail`, to an address, whoever owns it; ``recipient`` is None in the template."""
    return _queue(kind, None, email, path, cause, context, key, attachments)


def _queue(
    kind_key: str,
    recipient: Recipient | None,
    address: str,
    path: str,
    cause: models.Model | None,
    context: dict[str, str] | None,
    key: str,
    attachments: Sequence[Attachment],
) -> Mail:
    kind = mail_kind_of(kind_key)
    values = context or {}
    fields = {
        "kind": kind.key,
        "recipient_id": recipient.pk if recipient else None,
        "address": address,
        "subject": " ".join((str(kind.subject) % values).split())[:250],
        "body": _body(kind.template_name, recipient, path, values),
        "path": path,
        "cause_label": cause._meta.label_lower if cause else "",
        "cause_key": str(cause.pk) if cause else "",
    }
    mail: Mail
    with transaction.atomic():
        if key:
            mail, is_new = Mail.objects.get_or_create(key=key, defaults=fields)
            if not is_new:
                return mail
        else:
            mail = Mail.objects.create(**fields)
        for each in attachments:
            MailAttachment.objects.create(
                mail=mail, name=each.name, content_type=each.content_type, content=each.content
            )
    publish_on_commit(SEND_TASK, mail_id=mail.pk)
    return mail


def _body(template: str, recipient: Recipient | None, path: str, values: dict[str, str]) -> str:
    network = require_network()
    url = base_url(network)
    frame = {"network": network, "base_url": url, "link": f"{url}{path}", "recipient": recipient}
    text = render_to_string(template, {**values, **frame})
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
