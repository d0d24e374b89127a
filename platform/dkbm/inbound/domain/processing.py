"""Read a mail that came in, and do what it says: once, whatever is killed or run twice."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from dkbm.core.addresses import normal_address
from dkbm.core.decisions import Refusal
from dkbm.core.typed_text import fault_of_text
from dkbm.inbound.domain import mails
from dkbm.inbound.domain.bounces import read_note
from dkbm.inbound.domain.cutting import cut
from dkbm.inbound.domain.parsing import Unreadable, Written, parsed, read
from dkbm.inbound.enums import Outcome
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.answers import Answerable, answerable_by_label
from dkbm.notifications.domain.reply_addresses import GOOD_FOR
from dkbm.notifications.domain.undeliverable import note_bounce, note_delay
from dkbm.notifications.models import Mail
from dkbm.tenancy.visitor import Visitor, visitor_of

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 5
LARGEST_KEPT = 500_000
"""Bytes: what is larger was so by its files, and is not kept once it is read."""
ANSWERS = UUID("8f4f5b0e-6d0b-4b7e-9d55-6a3c2f0f8f11")
"""Of it and a mail's key the key is made by which its post is written once."""


@dataclass(frozen=True)
class NotPublished(Exception):
    """``reason``: German, says what to do. ``is_foreign``: somebody else wrote, who may not know what it is about."""

    reason: str
    is_foreign: bool = False
    sender: str = ""


@transaction.atomic
def process(incoming_id: int) -> None:
    """One mail of the bound network; one that is gone, read or under way is left alone.

    Effects of an answer: the post, with everything that follows from it, or a mail back that says why not. Of a note:
    state of the mail that came back, and of its address. In the same transaction the row says what became of it.
    """
    waiting = IncomingMail.objects.select_for_update(skip_locked=True, of=("self",)).select_related("person")
    row = waiting.filter(pk=incoming_id, outcome=Outcome.WAITING).first()
    if row is None:
        return
    if row.person is None:
        _take_note(row)
    elif row.is_automatic:
        row.outcome = Outcome.AUTOMATIC
    else:
        _take_answer(row)
    if row.size > LARGEST_KEPT:
        row.raw = b""
    row.save()


def give_up_or_try_again(incoming_id: int) -> None:
    """Reading it failed for a reason of ours: the sweep tries again, a few times."""
    with transaction.atomic():
        IncomingMail.objects.filter(pk=incoming_id).update(attempts=F("attempts") + 1)
        row = IncomingMail.objects.filter(pk=incoming_id, attempts__gte=MOST_ATTEMPTS, outcome=Outcome.WAITING).first()
        if row is not None and row.person is not None:
            _refuse(row, NotPublished(_unreadable()), visitor_of(row.person))
        elif row is not None:
            row.outcome = Outcome.UNKNOWN
        if row is not None:
            row.save()


def _take_note(row: IncomingMail) -> None:
    mail = Mail.objects.filter(pk=row.about_key).first()
    try:
        note = read_note(parsed(bytes(row.raw)))
    except Unreadable:
        note = None
    row.outcome = Outcome.BOUNCE if note and mail else Outcome.UNKNOWN
    if mail is None or note is None:
        return
    row.reason = note.answer
    if note.is_delayed:
        note_delay(mail=mail, answer=note.answer)
    else:
        note_bounce(mail=mail, answer=note.answer, is_hard=note.is_hard, came=row.received)


def _take_answer(row: IncomingMail) -> None:
    visitor = visitor_of(row.person)
    try:
        written = _written(row)
        row.files = written.files
        found = cut(written.text or "")
        row.text, row.cut = found.text, found.rest
        _publish(row, visitor)
    except NotPublished as refusal:
        _refuse(row, refusal, visitor)
        return
    row.outcome = Outcome.PUBLISHED
    if row.files:
        mails.send_without_files(row)


def _written(row: IncomingMail) -> Written:
    """Raises :class:`NotPublished`; of what somebody else wrote nothing is taken."""
    try:
        written = read(parsed(bytes(row.raw)))
    except Unreadable:
        raise NotPublished(_unreadable()) from None
    if row.person is None or written.sender != normal_address(row.person.email):
        reason = _("Diese Antwort kam von einer anderen Adresse als der, an die unsere E-Mail ging.")
        raise NotPublished(reason, is_foreign=True, sender=written.sender)
    if row.is_expired:
        days = _("Auf unsere E-Mails können Sie %(days)d Tage lang antworten, diese ist älter.")
        raise NotPublished(days % {"days": GOOD_FOR.days})
    if written.text is None:
        raise NotPublished(
            _("Ihre E-Mail hat keinen Text, den wir lesen können. Bitte schreiben Sie ohne Verschlüsselung.")
        )
    return written


def _publish(row: IncomingMail, visitor: Visitor) -> None:
    """As the person's own; the same checks as in the form. Raises :class:`NotPublished`."""
    if not row.text:
        raise NotPublished(
            _("Außer dem Zitat und Ihrer Signatur stand nichts darin. Bitte schreiben Sie Ihre Antwort über das Zitat.")
        )
    if fault := fault_of_text(row.text):
        raise NotPublished(f"{fault[:1].upper()}{fault[1:]}.")
    kind = _kind_of(row)
    try:
        with transaction.atomic():
            published = kind.publish(
                key=int(row.about_key), visitor=visitor, text=row.text, client_key=uuid5(ANSWERS, row.key)
            )
    except Refusal as refusal:
        raise NotPublished(refusal.reason) from None
    row.path = published.path


def _refuse(row: IncomingMail, refusal: NotPublished, visitor: Visitor) -> None:
    row.outcome, row.reason = Outcome.REFUSED, refusal.reason
    if refusal.is_foreign:
        row.raw = b""  # not the person's to read
        mails.send_foreign(row, sender=refusal.sender)
        return
    path = _kind_of(row).path_of(int(row.about_key), visitor)
    mails.send_refusal(row, reason=refusal.reason, path=path, text=row.text)


def _kind_of(row: IncomingMail) -> Answerable:
    kind = answerable_by_label(row.about_label)
    if kind is None:
        raise LookupError(row.about_label)
    return kind


def _unreadable() -> str:
    return _("Ihre E-Mail ließ sich nicht lesen. Bitte schicken Sie Ihre Antwort als einfachen Text.")
