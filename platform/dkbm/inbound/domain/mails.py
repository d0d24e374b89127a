"""What is mailed back to whoever wrote: to members of the bound network alone, and a few times a day at most."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dkbm.core.addresses import normal_address
from dkbm.inbound.models import IncomingMail
from dkbm.notifications.domain.outbox import send_to_address
from dkbm.notifications.kinds import MailKind
from dkbm.notifications.models import Mail
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership

REFUSED = "answer.refused"
FOREIGN = "answer.foreign"
WITHOUT_FILES = "answer.without_files"
KINDS = (
    MailKind(REFUSED, _("Antwort per E-Mail nicht veröffentlicht"), _("Ihre Antwort ist nicht veröffentlicht")),
    MailKind(FOREIGN, _("Antwort per E-Mail von einer anderen Adresse"), _("Ihre Antwort ist nicht veröffentlicht")),
    MailKind(
        WITHOUT_FILES,
        _("Antwort per E-Mail ohne Dateien veröffentlicht"),
        _("Ihre Antwort ist veröffentlicht, aber ohne Dateien"),
    ),
)
MOST_A_DAY = 5
LONGEST_MESSAGE = 20_000


def send_refusal(row: IncomingMail, *, reason: str, path: str, text: str) -> None:
    """To the person whose reply address it was. ``path``: where they can answer instead, or empty."""
    if row.person is not None:
        context = {"reason": reason, "message": text[:LONGEST_MESSAGE], "page": path}
        _send(REFUSED, row.person.email, row, path, context)


def send_foreign(row: IncomingMail, *, sender: str) -> None:
    """Somebody wrote from another address than the one that the mail went to.

    It goes to that address if it is a member's, without a word about the topic, which they may not be allowed to
    read; else to the person themselves: it may have been their second mailbox. Strangers get nothing.
    """
    if sender and member_with(sender) is not None:
        _send(FOREIGN, sender, row, "/", {"sender": sender, "own": ""})
    elif row.person is not None:
        _send(FOREIGN, row.person.email, row, "/", {"sender": sender, "own": row.person.email})


def send_without_files(row: IncomingMail) -> None:
    if row.person is not None:
        context = {"names": ", ".join(row.files)}
        _send(WITHOUT_FILES, row.person.email, row, row.path, context)


def member_with(address: str) -> Membership | None:
    """The active member of the bound network with this address, locked, so that two answers count each other."""
    members = Membership.objects.select_for_update(of=("self",))
    member: Membership | None = members.filter(
        person__email=normal_address(address), person__is_active=True, state=MembershipState.ACTIVE
    ).first()
    return member


def _send(kind: str, address: str, row: IncomingMail, path: str, context: dict[str, str]) -> None:
    if member_with(address) is None:
        return
    today = Mail.objects.filter(
        kind__in=[each.key for each in KINDS], address=address, created__gt=timezone.now() - timedelta(days=1)
    )
    if today.count() < MOST_A_DAY:
        send_to_address(kind=kind, email=address, path=path or "/", cause=row, context=context)
