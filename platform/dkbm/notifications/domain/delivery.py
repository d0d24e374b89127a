"""Deliver mails of the outbox, each once.

A mail is claimed in a transaction of its own (state ``sending``, with a lease), then a link to the mail server is
made, and only then the mail handed over: inside a transaction that has already written ``sent`` and keeps the row
locked. Dies the worker before the server has said yes, the database takes ``sent`` back by itself and the mail goes
out when the lease is over. What remains is the moment between the server's yes and the end of ``COMMIT``, and a link
that breaks while the yes is on its way (RFC 1047): then the mail goes out a second time, with the same ``Message-ID``.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from dkbm.core.commits import publish_on_commit
from dkbm.notifications.domain.message import build_message
from dkbm.notifications.domain.outbox import SEND_TASK
from dkbm.notifications.domain.queries.mails import due_mails
from dkbm.notifications.domain.smtp_errors import read_error
from dkbm.notifications.domain.undeliverable import withhold
from dkbm.notifications.enums import MailState
from dkbm.notifications.models import Mail
from dkbm.notifications.rules import may_send_again
from dkbm.tenancy.context import require_network
from dkbm.tenancy.visitor import Visitor

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 240, *[720] * 7)]
"""Pauses after the first, second … attempt; after the last the mail has failed. Nearly four days: a mail server
that broke on a Friday evening is often mended on Monday."""


class NotAllowed(Exception):
    """The German reason is its text."""


def deliver(*, mail_id: int) -> None:
    """Send one mail of the bound network if it is due and nobody else has it; never raises for the server's sake.

    Effects: claim; hand over and state ``sent``; on an error state ``queued`` with a later time, or ``failed``.
    """
    mail = claim(mail_id=mail_id)
    if mail is None:
        return
    try:
        with get_connection() as server:
            hand_over(mail=mail, server=server)
    except Exception as error:
        note_failure(mail=mail, error=error)


def claim(*, mail_id: int) -> Mail | None:
    """Take the mail for this worker until its lease is over; None when it is gone, not due or somebody else's."""
    with transaction.atomic():
        mail: Mail | None = due_mails().select_for_update(skip_locked=True).filter(pk=mail_id).first()
        if mail is None or withhold(mail):
            return None
        mail.state = MailState.SENDING
        mail.attempts += 1
        mail.next_try = timezone.now() + LEASE
        mail.save(update_fields=["state", "attempts", "next_try"])
        return mail


def hand_over(*, mail: Mail, server: BaseEmailBackend) -> None:
    """Give a claimed mail to the linked ``server`` and write ``sent``, both or neither.

    Does nothing when the lease ran out and somebody else has the mail. Raises the server's errors.
    """
    message = build_message(mail, require_network())
    with transaction.atomic():
        mine = Mail.objects.select_for_update(skip_locked=True).filter(
            pk=mail.pk, state=MailState.SENDING, attempts=mail.attempts
        )
        if not mine.exists():
            return
        mine.update(state=MailState.SENT, sent_at=timezone.now(), error="")
        server.send_messages([message])


def note_failure(*, mail: Mail, error: Exception) -> None:
    """Write down what went wrong and when to try again, unless the mail is no longer ours or already gone out."""
    failure = read_error(error)
    again = failure.again and mail.attempts <= len(DELAYS)
    if not failure.again:
        logger.exception("mail failed", exc_info=error, extra={"mail": mail.pk})
    Mail.objects.filter(pk=mail.pk, state=MailState.SENDING, attempts=mail.attempts).update(
        state=MailState.QUEUED if again else MailState.FAILED,
        next_try=timezone.now() + (DELAYS[mail.attempts - 1] if again else timedelta()),
        error=failure.sentence,
    )


def send_again(*, mail: Mail, visitor: Visitor) -> None:
    """A manager lets a failed mail start anew. Raises :class:`NotAllowed`."""
    decision = may_send_again(visitor, mail)
    if not decision:
        raise NotAllowed(decision.reason)
    with transaction.atomic():
        Mail.objects.filter(pk=mail.pk, state__in=[MailState.FAILED, MailState.BOUNCED]).update(
            state=MailState.QUEUED, attempts=0, next_try=timezone.now(), error=""
        )
        publish_on_commit(SEND_TASK, mail_id=mail.pk)
    logger.info("mail sent again", extra={"mail": mail.pk})
