"""Notes of mail servers about mails of ours that did not arrive (RFC 3464)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage, Message

from dkbm.core.text import one_line
from dkbm.notifications.domain.message_ids import MailIdentity, identities_in

_STATUS = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})")
FULL_MAILBOX = ("2", "2")
"""X.2.2: somebody is there and has not tidied up."""
SEARCHED = 200_000
"""Bytes of a note: behind what the server says, some give the whole mail back."""


@dataclass(frozen=True)
class Note:
    """``answer``: status and words of the other server. ``is_hard``: the address takes nothing, for good.
    ``is_delayed``: it still tries."""

    answer: str
    is_hard: bool
    is_delayed: bool


def mail_named_in(raw: bytes) -> MailIdentity | None:
    """The mail of ours that the note brings back, by its signed ``Message-ID``: looked for in the bytes, for servers
    put the message, its headers or a quote of it there."""
    return next(identities_in(raw[:SEARCHED].decode("latin-1")), None)


def read_note(message: EmailMessage) -> Note | None:
    """``None`` for whatever is no such note: a thank-you, a holiday answer."""
    if message.get_content_type() != "multipart/report":
        return None
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for group in part.get_payload() if part.is_multipart() else []:
            if isinstance(group, Message) and (note := _note(group)):
                return note
    return None


def _note(group: Message) -> Note | None:
    """Of one recipient's fields; the first group is about the server and has no action."""
    action = str(group.get("Action", "")).strip().lower()
    if action not in {"failed", "delayed"}:
        return None
    status = _STATUS.search(str(group.get("Status", "")))
    words = one_line(str(group.get("Diagnostic-Code", ""))).partition(";")[2].strip()
    answer = words or (status[0] if status else "")
    is_hard = action == "failed" and status is not None and status[1] == "5" and status.groups()[1:] != FULL_MAILBOX
    return Note(answer, is_hard, action == "delayed")
