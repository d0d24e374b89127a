"""From the bytes of a message to what somebody wrote. Strangers made the bytes: everything is bounded."""

from __future__ import annotations

import email
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import default
from typing import cast

from dkbm.core.addresses import normal_address
from dkbm.core.text import one_line, seen_text
from dkbm.inbound.domain.html_texts import text_of_html

MOST_PARTS = 100
MOST_DASHES = 2_000
"""Lines that begin as the border of a part does; a part without a type costs four bytes of a message."""
MOST_LINES = 300_000
"""As many as 10 MB in base64 have, twice."""
LONGEST_HEAD = 100_000
LONGEST_BODY = 200_000
"""Characters of a text that are looked at; a post fits ten times."""
SIGNATURE_TYPES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_WESTERN = {"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"}


class Unreadable(Exception):
    """No mail program writes such a message: too deep, too many parts, or broken."""


@dataclass(frozen=True)
class Written:
    """``sender``: the one address of ``From``, in its normal spelling, empty where there is none or more than one.

    ``text``: the whole text, quotes and signature included; ``None`` where the message has no text that can be read,
    as an encrypted one. ``files``: names of what was attached.
    """

    sender: str
    text: str | None
    files: list[str]


def head_of(raw: bytes) -> EmailMessage:
    """The headers alone, whatever the size of the rest. Raises :class:`Unreadable`."""
    end = min((found for mark in (b"\r\n\r\n", b"\n\n") if (found := raw.find(mark)) >= 0), default=len(raw))
    try:
        return cast(EmailMessage, email.message_from_bytes(raw[: min(end, LONGEST_HEAD)], policy=default))
    except Exception as error:  # the parser's own errors are of any kind
        raise Unreadable(type(error).__name__) from error


def parsed(raw: bytes) -> EmailMessage:
    """The whole message. Raises :class:`Unreadable` before a mail bomb is unpacked."""
    if _is_bomb(raw):
        raise Unreadable("parts")
    try:
        message = cast(EmailMessage, email.message_from_bytes(raw, policy=default))
        if sum(1 for _part in message.walk()) > MOST_PARTS:
            raise Unreadable("parts")
        return message
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(type(error).__name__) from error


def _is_bomb(raw: bytes) -> bool:
    """By counting what parts begin with: what only looks like it stands in no mail so often."""
    return (
        raw.lower().count(b"\ncontent-type:") > MOST_PARTS
        or raw.count(b"\n--") > MOST_DASHES
        or raw.count(b"\n") > MOST_LINES
    )


def header(message: EmailMessage, name: str) -> str:
    """One line, empty where it is missing or cannot be read."""
    try:
        return one_line(str(message.get(name, "")))
    except Exception:  # the standard library raises all kinds of errors for broken headers
        return ""


def sender_of(message: EmailMessage) -> str:
    try:
        fields = message.get_all("From", [])
        addresses = [each.addr_spec for field in fields for each in field.addresses]
    except Exception:
        return ""
    return normal_address(addresses[0]) if len(addresses) == 1 else ""


def read(message: EmailMessage) -> Written:
    """Raises :class:`Unreadable`."""
    try:
        body = message.get_body(preferencelist=("plain", "html"))
        text = _text_of(cast(EmailMessage, body)) if body is not None else None
        return Written(sender_of(message), text, _files(message, body))
    except (RecursionError, ValueError, TypeError, KeyError, IndexError, AttributeError) as error:
        raise Unreadable(type(error).__name__) from error


def _text_of(part: EmailMessage) -> str:
    text = seen_text(_decoded(part)[:LONGEST_BODY])
    if part.get_content_type() == "text/html":
        return text_of_html(text)
    if str(part.get_param("format", "")).lower() == "flowed":
        return _unflowed(text, joined=str(part.get_param("delsp", "")).lower() == "yes")
    return text


def _decoded(part: EmailMessage) -> str:
    """In the character set that it names. What says ISO 8859-1 is Windows-1252, as in every browser."""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    named = str(part.get_content_charset() or "utf-8").lower()
    for charset in ("utf-8",) if named in {"us-ascii", "ascii"} else (() if named in _WESTERN else (named, "utf-8")):
        try:
            return content.decode(charset)
        except (LookupError, UnicodeDecodeError):
            continue
    return content.decode("cp1252", "replace")


def _unflowed(text: str, *, joined: bool) -> str:
    """Lines that the mail program broke are one line again (RFC 3676); quotes of other depths stay apart."""
    lines: list[str] = []
    goes_on = False
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        bare = line[depth:].removeprefix(" ")
        is_rule = bare == "-- "
        if goes_on and lines and not is_rule and depth == _depth(lines[-1]):
            lines[-1] = (lines[-1][:-1] if joined else lines[-1]) + bare
        else:
            lines.append(f"{'>' * depth} {bare}" if depth else bare)
        goes_on = bare.endswith(" ") and not is_rule
    return "\n".join(lines)


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip(">"))


def _files(message: EmailMessage, body: object) -> list[str]:
    """What a person attached: not the pictures and marks of a signature."""
    names = []
    for part in message.walk():
        if part is body or part.is_multipart() or part.get_content_type() in SIGNATURE_TYPES:
            continue
        shown_within = part.get_content_maintype() == "image" and part.get("Content-ID")
        if part.get_content_disposition() == "attachment" or (part.get_filename() and not shown_within):
            names.append(one_line(part.get_filename() or part.get_content_type())[:120])
    return names
