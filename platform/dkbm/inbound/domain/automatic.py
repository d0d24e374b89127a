"""Mails that a program wrote: nobody answers them, or two programs would answer each other for ever (RFC 3834)."""

from __future__ import annotations

import re
from email.message import EmailMessage

from dkbm.inbound.domain.parsing import header, sender_of
from dkbm.notifications.domain.message_ids import identities_in

MARKS = ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress", "X-Autoresponder", "List-Id", "X-Loop")
_BULK = {"bulk", "junk", "list", "auto_reply"}
_SUBJECT = re.compile(
    r"(automatische antwort|abwesenheits(notiz|nachricht|assistent)|abwesend|out of (the )?office|automatic reply"
    r"|auto(matic)?[- ]?(reply|response)|undelivered mail|mail delivery failed|unzustellbar)\b",
    re.IGNORECASE,
)


def is_automatic(message: EmailMessage, *, envelope_from: str | None, own_addresses: tuple[str, ...] = ()) -> bool:
    """By its headers. ``envelope_from``: empty for notes that no one may answer, ``None`` where it is not known.

    ``own_addresses``: of the platform; what comes from there, or bears a ``Message-ID`` of ours, has gone in a circle.
    """
    if envelope_from is not None and not envelope_from.strip("<> "):
        return True
    if header(message, "Auto-Submitted").partition(";")[0].strip().lower() not in {"", "no"}:
        return True
    if header(message, "Precedence").lower() in _BULK or any(header(message, name) for name in MARKS):
        return True
    if message.get_content_type() == "multipart/report":
        return True
    came_back = any(identities_in(header(message, "Message-ID"))) or sender_of(message) in own_addresses
    return came_back or bool(_SUBJECT.match(header(message, "Subject")))
