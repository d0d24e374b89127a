"""By which ways a notification reaches a person.

Today there is one besides the member's own page: a mail at once. Of a quiet kind only some are mailed
(``wishes.who_is_mailed``), the others find it on their page.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from dkbm.notifications.domain.outbox import Attachment, Letter, Recipient, Thing, queue_mails
from dkbm.notifications.domain.reply_addresses import reply_address
from dkbm.notifications.domain.wishes import who_is_mailed
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Notification
from dkbm.notifications.scopes import Within


@dataclass(frozen=True)
class Way:
    """What of an event counts for the ways: where it happened, who is mailed of a quiet kind, what goes with a mail.

    ``reply_to``: where answers to the mail go, if not to the network.
    """

    scope: Within
    mailed: Collection[UUID]
    attachments: Sequence[Attachment]
    reply_to: str = ""


def dispatch(
    *,
    kind: Kind,
    told: Sequence[tuple[Notification, Recipient]],
    about: Thing,
    context: dict[str, str],
    way: Way,
) -> None:
    """Queue a mail for each new notification of one event whose person is to be mailed.

    Call it in the transaction that wrote them.
    """
    by_mail = who_is_mailed(kind, [person.pk for _row, person in told], way.scope, mailed=way.mailed)
    topic = answered_thing(kind, about, way.scope)
    letters = [
        Letter(person, mail_key(row), reply_address(person.pk, topic) if topic else "")
        for row, person in told
        if person.pk in by_mail
    ]
    if letters:
        queue_mails(
            kind=kind.key,
            letters=letters,
            path=told[0][0].path,
            cause=about,
            context=context,
            attachments=way.attachments,
            reply_to=way.reply_to,
        )


def answered_thing(kind: Kind, about: Thing, scope: Within) -> Thing | None:
    """What an answer to a mail of ``kind`` goes to, if that is not the network."""
    if not kind.answered or about.label == kind.answered:
        return about if kind.answered else None
    return Thing(kind.answered, str(scope.topic)) if scope.topic is not None else None


def mail_key(row: Notification) -> str:
    """The mail's own lock against a second one, which stays when the notification is long gone."""
    return ":".join(part for part in (row.kind, row.about_key, row.occasion, str(row.person_id)) if part)
