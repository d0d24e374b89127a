"""Reads the Maildir into which the mail sink of the launcher writes."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path

from django.utils.html import strip_tags

# Written by the sink: all recipients of the envelope, blind copies too.
ENVELOPE_TO = "X-Envelope-To"
FOLDERS = ("new", "cur")


class MailMissingError(Exception):
    """There is no mail with this key."""


@dataclass(frozen=True)
class Mail:
    """One received mail. `key` is its file's name, `received` when the sink got it; attachments by their names.
    `answers_to`: where an answer goes."""

    key: str
    received: datetime
    sender: str
    recipients: tuple[str, ...]
    subject: str
    text: str
    attachments: tuple[str, ...] = ()
    answers_to: str = ""
    message_id: str = ""


def list_mails(folder: Path, *, recipient: str = "") -> list[Mail]:
    """All mails, newest first, or those of which `recipient` is a part of an address; bodies are left out."""
    mails = (_read(file, headers_only=True) for file in _newest_first(folder))
    wanted = recipient.strip().lower()
    return [mail for mail in mails if not wanted or any(wanted in each.lower() for each in mail.recipients)]


def get_mail(folder: Path, key: str) -> Mail:
    """One mail with its text. Raises MailMissingError; a key is compared with names, never used as a path."""
    for file in _files(folder):
        if file.name == key:
            return _read(file, headers_only=False)
    raise MailMissingError(key)


def _files(folder: Path) -> Iterator[Path]:
    for name in FOLDERS:
        if (folder / name).is_dir():
            yield from (folder / name).iterdir()


def _newest_first(folder: Path) -> list[Path]:
    return sorted(_files(folder), key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)


def _read(file: Path, *, headers_only: bool) -> Mail:
    with file.open("rb") as opened:
        message = email.message_from_binary_file(opened, policy=email.policy.default)
    return Mail(
        key=file.name,
        received=datetime.fromtimestamp(file.stat().st_mtime, UTC),
        sender=str(message["From"] or ""),
        recipients=_recipients(message),
        subject=str(message["Subject"] or ""),
        text="" if headers_only else _text(message),
        attachments=() if headers_only else _attachments(message),
        answers_to=next((address for _, address in getaddresses([str(message["Reply-To"] or message["From"])])), ""),
        message_id=str(message["Message-ID"] or ""),
    )


def _recipients(message: EmailMessage) -> tuple[str, ...]:
    headers = [str(value) for name in (ENVELOPE_TO, "To", "Cc") for value in message.get_all(name, [])]
    return tuple(dict.fromkeys(address for _, address in getaddresses(headers) if address))


def _attachments(message: EmailMessage) -> tuple[str, ...]:
    if not message.is_multipart():
        return ()
    return tuple(part.get_filename() or part.get_content_type() for part in message.iter_attachments())


def _text(message: EmailMessage) -> str:
    """The plain text part; without one, the words of the HTML part, which is never shown as HTML."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = str(part.get_content())
    except (LookupError, UnicodeDecodeError):
        # A character set that Python does not know, or bytes that are not in it.
        payload = part.get_payload(decode=True)
        text = payload.decode(errors="replace") if isinstance(payload, bytes) else ""
    return strip_tags(text) if part.get_content_type() == "text/html" else text
