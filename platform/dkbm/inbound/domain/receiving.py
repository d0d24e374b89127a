"""Take in a mail: whether we want it, and the row that the worker reads. The door has bound the network."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.core.addresses import normal_address
from dkbm.core.commits import publish_on_commit
from dkbm.inbound.domain import mails
from dkbm.inbound.domain.automatic import is_automatic
from dkbm.inbound.domain.bounces import SEARCHED
from dkbm.inbound.domain.parsing import Unreadable, head_of, header, sender_of
from dkbm.inbound.enums import Door, Outcome
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.answers import answerable_by_code
from dkbm.notifications.domain.message_ids import MailIdentity, mail_of
from dkbm.notifications.domain.outbox import Thing
from dkbm.notifications.domain.reply_addresses import ReplyAddress
from dkbm.notifications.models import Mail
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership

READ_TASK = "inbound.read_mail"
LARGEST = 10 * 1024 * 1024
"""Bytes. A text is short, and files are left out anyway."""
MOST_AN_HOUR = 30
"""Mails to one person's reply addresses. More is a loop, or somebody who found an address."""
MOST_NOTES_AN_HOUR = 2_000
"""Notes of mail servers in one network: as many as a mail to all may cause."""
HOUR = timedelta(hours=1)


def may_answer(address: ReplyAddress) -> Door:
    """Before a byte of the message is read."""
    member = Membership.objects.filter(person_id=address.person_id, state=MembershipState.ACTIVE)
    if answerable_by_code(address.code) is None or not member.exists():
        return Door.NO_SUCH_ADDRESS
    return Door.TOO_MANY if _came_lately(Q(person=address.person_id)) >= MOST_AN_HOUR else Door.TAKEN


def take_answer(*, address: ReplyAddress, raw: bytes, envelope_to: str, envelope_from: str | None) -> Door:
    """Store an answer of a person of the bound network; the worker reads it. The same mail twice is one."""
    door = may_answer(address)
    if door != Door.TAKEN:
        return door
    row = IncomingMail(
        person_id=address.person_id,
        sender=_storable_address(envelope_from),
        is_expired=address.is_over,
        is_automatic=_is_automatic(raw, envelope_from),
        key=_key(raw, envelope_to),
        size=len(raw),
        raw=raw,
        **_about(address.thing),
    )
    if len(raw) > LARGEST:
        _say_too_large(row, raw)
        return Door.TOO_LARGE
    _store(row)
    return Door.TAKEN


def take_note(*, identity: MailIdentity, raw: bytes) -> Door:
    """Store what a mail server says about a mail of the bound network."""
    mail = mail_of(identity)
    if mail is None or len(raw) > LARGEST:
        return Door.TAKEN  # nobody is to answer a note
    if _came_lately(Q(about_label=Mail._meta.label_lower)) >= MOST_NOTES_AN_HOUR:
        return Door.TOO_MANY
    about = _about(Thing.of(mail))
    # What the server says comes first, and then the whole mail once more.
    row = IncomingMail(key=_key(raw, "note"), size=len(raw), raw=raw[:SEARCHED], **about)
    _store(row)
    return Door.TAKEN


def _came_lately(whose: Q) -> int:
    return int(IncomingMail.objects.filter(whose, received__gt=timezone.now() - HOUR).count())


@transaction.atomic
def _store(row: IncomingMail) -> None:
    IncomingMail.objects.bulk_create([row], ignore_conflicts=True)
    stored = IncomingMail.objects.filter(key=row.key).values_list("pk", flat=True).first()
    publish_on_commit(READ_TASK, incoming_id=stored)


def _about(thing: Thing | None) -> dict[str, str]:
    return {"about_label": thing.label, "about_key": thing.key} if thing else {}


def _key(raw: bytes, envelope_to: str) -> str:
    try:
        message_id = header(head_of(raw), "Message-ID")
    except Unreadable:
        message_id = ""
    named = message_id.encode() or hashlib.sha256(raw).digest()
    return hashlib.sha256(named + b"\n" + envelope_to.strip().lower().encode()).hexdigest()


def _storable_address(envelope_from: str | None) -> str:
    return normal_address((envelope_from or "").strip("<> "))[:254]


def _is_automatic(raw: bytes, envelope_from: str | None) -> bool:
    """Asked here, where the envelope is known."""
    try:
        return is_automatic(head_of(raw), envelope_from=envelope_from)
    except Unreadable:
        return False


@transaction.atomic
def _say_too_large(row: IncomingMail, head: bytes) -> None:
    """To the person, if it is theirs; nothing of it is kept but that."""
    try:
        sender = sender_of(head_of(head))
    except Unreadable:
        return
    if row.is_automatic or row.person is None or sender != normal_address(row.person.email):
        return
    row.raw, row.outcome = b"", Outcome.REFUSED
    row.reason = _("Ihre E-Mail ist größer als 10 MB. Bitte schicken Sie nur den Text, ohne Dateien und Bilder.")
    if IncomingMail.objects.filter(key=row.key).exists():
        return
    row.save()
    mails.send_refusal(row, reason=row.reason, path="", text="")
