"""Addresses at which nobody can be reached: what their servers answered, and when we stop to write there."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.core.addresses import normal_address
from dkbm.notifications.domain.outbox import Recipient
from dkbm.notifications.enums import MailState
from dkbm.notifications.models import DeadAddress, Mail

MOST_BOUNCES = 3
"""After so many mails that came back for good nothing more is mailed there in this network, until somebody says that
it works again."""
LONGEST_ANSWER = 300


@transaction.atomic
def note_bounce(*, mail: Mail, answer: str, is_hard: bool, came: datetime) -> None:
    """A mail of the bound network came back: ``answer`` is what the other server said.

    The same mail counts once, however many notes come of it. ``is_hard``: the address does not exist or takes nothing,
    and so counts against it; a full mailbox does not. Effects: state and answer of the mail; the address's count.
    """
    fresh = Mail.objects.select_for_update().get(pk=mail.pk)
    if fresh.state == MailState.BOUNCED:
        return
    answer = " ".join(answer.split())[:LONGEST_ANSWER]
    fresh.state = MailState.BOUNCED
    fresh.next_try = came  # from here it is kept for as long as one that has failed
    fresh.error = _("Der Mailserver der Empfängerin oder des Empfängers hat die E-Mail zurückgeschickt: %(answer)s") % {
        "answer": answer
    }
    fresh.save(update_fields=["state", "error", "next_try"])
    if is_hard:
        _count(normal_address(fresh.address), answer)


def note_delay(*, mail: Mail, answer: str) -> None:
    """The other server still tries; nothing is lost yet."""
    sentence = _("Der Mailserver der Empfängerin oder des Empfängers versucht es noch: %(answer)s")
    Mail.objects.filter(pk=mail.pk, state=MailState.SENT).update(
        error=sentence % {"answer": " ".join(answer.split())[:LONGEST_ANSWER]}
    )


def _count(address: str, answer: str) -> None:
    DeadAddress.objects.get_or_create(address=address)
    row = DeadAddress.objects.select_for_update().get(address=address)
    row.bounces, row.answer = row.bounces + 1, answer
    if row.bounces >= MOST_BOUNCES and row.dead is None:
        row.dead = timezone.now()
    row.save()


def dead_address(address: str) -> DeadAddress | None:
    """The row of an address to which nothing is mailed any more."""
    row: DeadAddress | None = DeadAddress.objects.filter(address=normal_address(address), dead__isnull=False).first()
    return row


def at_dead_address() -> Q:
    """Condition for mails that are not to leave, because their person cannot be reached there.

    What was asked for an address itself (a new password, a link to confirm) leaves all the same: it has no person.
    """
    dead = DeadAddress.objects.filter(address=OuterRef("address"), dead__isnull=False)
    return Q(recipient__isnull=False) & Q(Exists(dead))


def withhold(mail: Mail) -> None:
    """Say of such a mail that it has not left."""
    mail.state = MailState.WITHHELD
    mail.error = _("Nicht versandt: Von dieser Adresse kamen mehrere E-Mails zurück.")
    mail.save(update_fields=["state", "error"])


def try_again(*, address: str) -> bool:
    """The address is written to again, and counts anew: it was confirmed, or somebody says so. Whether it was dead."""
    return bool(DeadAddress.objects.filter(address=normal_address(address)).delete()[0])


def try_own_again(*, person: Recipient) -> bool:
    return try_again(address=person.email)
