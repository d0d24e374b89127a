"""Deliver mails of the outbox, each once.

A mail is claimed in a transaction of its own (state ``sending``, with a lease), then a link to the mail server is
made, and the mail handed over. Before the dot that ends it, it is ``handed``, again in a transaction of its own; once
the server has said yes, ``sent``. So a worker that dies leaves behind what it knew:

- ``sending``: the server had no whole mail and forgets it; it goes out when the lease is over.
- ``handed``: the server had all of it, or all but the dot. Most take it then though nobody hears the answer; some
  forget it with the link. Nobody can tell, so what can be told in a digest is not sent again: it stands among what
  failed, as perhaps arrived, and in the next digest if it is not read before (:func:`settle_unheard`). Nothing comes
  double, and nothing is lost. What cannot wait goes out a second time, with the same ``Message-ID``: a second link for
  a new password is better than none.

An answer that is lost with the link, while the worker lives, is no yes: then the mail goes out again (RFC 1047).

Many mails share a link, and nothing else: each is claimed and handed over by itself. What the batch does not come to
was never claimed, so it waits as before and has lost no attempt.
"""

from __future__ import annotations

import logging
import smtplib
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from types import TracebackType

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.core.commits import publish_on_commit
from dkbm.core.smtp import call_before_end
from dkbm.notifications.domain import rates
from dkbm.notifications.domain.message import build_message
from dkbm.notifications.domain.outbox import SEND_TASK
from dkbm.notifications.domain.queries.mails import due_mails, kinds_in_digests, patient_kinds
from dkbm.notifications.domain.smtp_errors import is_lost, read_error
from dkbm.notifications.domain.undeliverable import at_dead_address, withhold
from dkbm.notifications.enums import Level, MailState
from dkbm.notifications.models import Mail, MailAttachment, Notification
from dkbm.notifications.rules import may_send_again
from dkbm.tenancy.context import require_network
from dkbm.tenancy.kept_queries import Given, KeptQuery
from dkbm.tenancy.visitor import Visitor

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=1)
BATCH_SECONDS = 20.0
"""After so long a batch makes room: behind a slow server no mail waits long for the batches before it."""
MOST_BREAKS = 3
"""After so many lost links in a row a batch lets the server be."""
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 5, 20, 60, 240, *[720] * 7)]
"""Pauses after the first, second … attempt; after the last the mail has failed. Nearly four days: a mail server
that broke on a Friday evening is often mended on Monday."""


class NotAllowed(Exception):
    """The German reason is its text."""


class Link:
    """A link to the mail server that many mails share; made when it is first needed, and anew once it is lost."""

    def __init__(self) -> None:
        self._server: BaseEmailBackend = get_connection()
        self._breaks = 0
        self.is_given_up = False

    def __enter__(self) -> Link:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._close()

    def send(self, mail: Mail) -> None:
        """Hand over a claimed mail, or note why not; never raises for the server's sake."""
        is_open = False
        try:
            self._server.open()
            is_open = True
            hand_over(mail=mail, server=self._server)
        except Exception as error:
            note_failure(mail=mail, error=error)
            self._close()  # it may be lost, or in the middle of something
            self._breaks = self._breaks + 1 if is_lost(error) else 0
            self.is_given_up = not is_open or self._breaks >= MOST_BREAKS
        else:
            self._breaks = 0

    def _close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self._server.close()


def deliver(*, mail_id: int) -> None:
    """Send one mail of the bound network if it is due and nobody else has it; never raises for the server's sake.

    Effects: claim; hand over and state ``sent``; on an error state ``queued`` with a later time, or ``failed``.
    """
    deliver_all(mail_ids=[mail_id])


def deliver_all(*, mail_ids: Sequence[int]) -> list[int]:
    """As :func:`deliver`, for many over one link. Returns those for which there was no time left.

    What is above the rate of its domain waits for its turn. Once the server is away the rest stay as they are.
    """
    end = time.monotonic() + BATCH_SECONDS
    ids = _within_rates(mail_ids)
    with Link() as link:
        for number, mail_id in enumerate(ids):
            if link.is_given_up:
                logger.warning("mail server away", extra={"waiting": len(ids) - number})
                break
            if number and time.monotonic() > end:
                return ids[number:]
            if mail := claim(mail_id=mail_id):
                link.send(mail)
    return []


def _within_rates(mail_ids: Sequence[int]) -> list[int]:
    """Those of them that are due and may go out now; the others wait, which is no attempt.

    What cannot be switched off counts too but does not wait: somebody sits before it.
    """
    due = list(due_mails().filter(pk__in=mail_ids).values_list("pk", "address", "kind"))
    limited: dict[str, list[int]] = defaultdict(list)
    patient = patient_kinds()
    for mail_id, address, kind in due:
        domain = address.rpartition("@")[2].lower()
        if not rates.is_limited(domain):
            continue
        if kind in patient:
            limited[domain].append(mail_id)
        else:
            rates.take(domain, 1)
    waiting = {mail_id for domain, ids in limited.items() for mail_id in _let_wait(domain, ids)}
    return [mail_id for mail_id, _address, _kind in due if mail_id not in waiting]


def _let_wait(domain: str, ids: list[int]) -> list[int]:
    """Those above the rate, moved to the periods after this one."""
    above = ids[rates.take(domain, len(ids)) :]
    turns = defaultdict(list)
    for place, mail_id in enumerate(above):
        turns[rates.turn_of(domain, place)].append(mail_id)
    for turn, those in turns.items():
        due_mails().filter(pk__in=those).order_by().update(next_try=turn)
    return above


def claim(*, mail_id: int) -> Mail | None:
    """Take the mail for this worker until its lease is over; None when it is gone, not due or somebody else's."""
    with transaction.atomic():
        mail = _DUE.first(mail=mail_id, now=timezone.now())
        if mail is None:
            return None
        if mail.is_lost:  # type: ignore[attr-defined]
            withhold(mail)
            return None
        mail.state, mail.attempts, mail.next_try = MailState.SENDING, mail.attempts + 1, timezone.now() + LEASE
        Mail.objects.filter(pk=mail.pk).update(state=mail.state, attempts=mail.attempts, next_try=mail.next_try)
        return mail


def _due() -> QuerySet[Mail]:
    """One of ``due_mails``, with what else is asked before it leaves."""
    due = Mail.objects.filter(
        pk=Given("mail"), state__in=[MailState.QUEUED, MailState.SENDING], next_try__lte=Given("now")
    )
    files = MailAttachment.objects.filter(mail=OuterRef("pk"))
    found: QuerySet[Mail] = due.annotate(is_lost=at_dead_address(), has_files=Exists(files))
    return found.select_for_update(skip_locked=True, of=("self",)).order_by()


_DUE = KeptQuery(_due)


class _NotOurs(Exception):
    """The lease ran out, and somebody else has the mail."""


def hand_over(*, mail: Mail, server: BaseEmailBackend) -> None:
    """Give a claimed mail to the linked ``server``: ``handed`` before it has all of it, ``sent`` after its yes.

    Does nothing when the lease ran out and somebody else has the mail. Raises the server's errors.
    """
    message = build_message(mail, require_network())
    mine = Mail.objects.filter(pk=mail.pk, attempts=mail.attempts)

    def note_handed() -> None:
        heard_by = timezone.now() + LEASE
        if not mine.filter(state=MailState.SENDING).update(state=MailState.HANDED, next_try=heard_by):
            raise _NotOurs

    try:
        call_before_end(server, note_handed)
        server.send_messages([message])
    except _NotOurs:
        server.close()
        return
    try:
        mine.filter(state=MailState.HANDED).update(state=MailState.SENT, sent_at=timezone.now(), error="")
    except DatabaseError:  # it has arrived, so this is no reason to send it again
        logger.exception("yes not written down", extra={"mail": mail.pk})


@transaction.atomic
def settle_unheard() -> int:
    """Say what becomes of mails whose worker died before it heard the server's answer. Returns how many there were.

    What they told stands in the next digest, unless it is read before; letters and what is mandatory go out again.
    """
    unheard = Mail.objects.filter(state=MailState.HANDED, next_try__lte=timezone.now()).order_by()
    perhaps = _("Vielleicht angekommen: Der Versand brach ab, als der Mailserver die E-Mail schon ganz hatte.")
    kept = dict(unheard.filter(kind__in=kinds_in_digests()).values_list("pk", "notification"))
    Mail.objects.filter(pk__in=kept).update(state=MailState.FAILED, error=perhaps, next_try=timezone.now())
    unread = Notification.objects.filter(read__isnull=True)
    unread.filter(pk__in=[pk for pk in kept.values() if pk], level=Level.AT_ONCE).update(level=Level.DAILY)
    unread.filter(digest__in=kept).update(digest=None)
    return len(kept) + int(unheard.update(state=MailState.QUEUED))


def note_failure(*, mail: Mail, error: Exception) -> None:
    """Write down what went wrong and when to try again, unless the mail is no longer ours or already gone out."""
    failure = read_error(error)
    again = failure.again and mail.attempts <= len(DELAYS)
    if not failure.again:
        logger.exception("mail failed", exc_info=error, extra={"mail": mail.pk})
    ours = Mail.objects.filter(pk=mail.pk, state__in=[MailState.SENDING, MailState.HANDED], attempts=mail.attempts)
    ours.update(
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
