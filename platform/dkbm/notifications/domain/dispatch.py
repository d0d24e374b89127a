"""By which ways a notification reaches a person.

Today there is one besides the member's own page: every notification is mailed at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import models

from dkbm.notifications.domain.outbox import Attachment, Recipient, queue_mail
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Notification


def dispatch(
    *,
    kind: Kind,
    told: Sequence[tuple[Notification, Recipient]],
    about: models.Model,
    context: dict[str, str],
    attachments: Sequence[Attachment],
) -> None:
    """Queue a mail for each new notification. Call it in the transaction that wrote them."""
    for row, person in told:
        queue_mail(
            kind=kind.key,
            recipient=person,
            path=row.path,
            cause=about,
            context=context,
            key=mail_key(row),
            attachments=attachments,
        )


def mail_key(row: Notification) -> str:
    """The mail's own lock against a second one, which stays when the notification is long gone."""
    return ":".join(part for part in (row.kind, row.about_key, row.occasion, str(row.person_id)) if part)
