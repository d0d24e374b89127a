"""By which ways a notification reaches a person: by mail at once here, later by ``digest``, else on their page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dkbm.notifications.domain.outbox import Attachment, Letter, Recipient, Thing, queue_mails
from dkbm.notifications.domain.reply_addresses import reply_address
from dkbm.notifications.domain.switch_links import why_path
from dkbm.notifications.enums import Level
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Notification
from dkbm.notifications.scopes import Within


@dataclass(frozen=True)
class Post:
    """What goes with the mails of one event in ``scope``. ``reply_to``: where answers go, if not to the network.
    ``sender``: whose words they are, if not the network's."""

    scope: Within
    context: dict[str, str]
    attachments: Sequence[Attachment] = ()
    reply_to: str = ""
    sender: str = ""


def dispatch(*, kind: Kind, told: Sequence[tuple[Notification, Recipient]], about: Thing, post: Post) -> None:
    """Queue a mail for each new notification of one event whose person is mailed at once.

    Call it in the transaction that wrote them.
    """
    topic = answered_thing(kind, about, post.scope)
    letters = [
        Letter(
            person,
            mail_key(row),
            why=why_path(person.pk, notification=row.pk),
            can_stop=kind.optional,
            notification=row.pk,
            rule=row.rule,
            reply_to=reply_address(person.pk, topic) if topic else "",
        )
        for row, person in told
        if row.level == Level.AT_ONCE
    ]
    if letters:
        queue_mails(
            kind=kind.key,
            letters=letters,
            path=told[0][0].path,
            cause=about,
            context=post.context,
            attachments=post.attachments,
            reply_to=post.reply_to,
            scope=post.scope,
            sender=post.sender,
        )


def answered_thing(kind: Kind, about: Thing, scope: Within) -> Thing | None:
    """What an answer to a mail of ``kind`` goes to, if that is not the network."""
    if not kind.answered or about.label == kind.answered:
        return about if kind.answered else None
    return Thing(kind.answered, str(scope.topic)) if scope.topic is not None else None


def mail_key(row: Notification) -> str:
    """The mail's own lock against a second one, which stays when the notification is long gone."""
    return ":".join(part for part in (row.kind, row.about_key, row.occasion, str(row.person_id)) if part)
