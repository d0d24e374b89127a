"""By which ways a notification reaches a person.

Today there is one besides the member's own page: every notification is mailed at once.
"""

from __future__ import annotations

from collections.abc import Sequence

from dkbm.notifications.domain.outbox import Attachment, Letter, Recipient, Thing, queue_mails
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Notification


def dispatch(
    *,
    kind: Kind,
    told: Sequence[tuple[Notification, Recipient]],
    about: Thing,
    context: dict[str, str],
    attachments: Sequence[Attachment],
) -> None:
    """Queue a mail for each new notification of one event. Call it in the transaction that wrote them."""
    if told:
        queue_mails(
            kind=kind.key,
            letters=[Letter(person, mail_key(row)) for row, person in told],
            path=told[0][0].path,
            cause=about,
            context=context,
            attachments=attachments,
        )


def mail_key(row: Notification) -> str:
    """The mail's own lock against a second one, which stays when the notification is long gone."""
    return ":".join(part for part in (row.kind, row.about_key, row.occasion, str(row.person_id)) if part)
