"""The address to which a person answers by mail about one thing: ``re+<token>@…``.

The token names network, person, thing and last day, and is signed: whoever changes a letter has no address. It is as
long as an address may be (64 signs before the ``@``, RFC 5321), and its case counts for nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from dkbm.notifications.answers import answerable_by_code, answerable_by_label
from dkbm.notifications.domain.outbox import Thing
from dkbm.notifications.domain.signatures import (
    SIGNATURE_BYTES,
    from_letters,
    is_signed,
    signature,
    to_letters,
)
from dkbm.tenancy.context import require_network

PREFIX = "re+"
GOOD_FOR = timedelta(days=60)
PURPOSE = "reply"
BEGINNING = date(2020, 1, 1)
LONGEST_TOKEN = 64 - len(PREFIX)
_WIDTHS = (1, 4, 5, 2, 16)
"""Bytes of: what it is about, network, key, last day (counted from the beginning), person. With signature and prefix
they fill the 64 signs."""


@dataclass(frozen=True)
class ReplyAddress:
    """What a signed address says. ``code``, ``key``: what it is about (``answers.Answerable``). ``last``: its last
    day."""

    network_id: int
    person_id: UUID
    code: int
    key: int
    last: date

    @property
    def is_over(self) -> bool:
        return timezone.localdate() > self.last

    @property
    def thing(self) -> Thing | None:
        """``None`` when nobody takes answers about such things any more."""
        kind = answerable_by_code(self.code)
        return Thing(kind.label, str(self.key)) if kind else None


def reply_address(person_id: UUID, thing: Thing) -> str:
    """For a person of the bound network; empty where nobody takes answers about such a thing."""
    kind = answerable_by_label(thing.label)
    if kind is None:
        return ""
    last = (timezone.localdate() + GOOD_FOR - BEGINNING).days
    try:
        content = _packed(kind.code, require_network().id, int(thing.key), last, person_id.int)
    except OverflowError:  # an id that has outgrown the address: answers go to the network, as before
        return ""
    return f"{PREFIX}{to_letters(content + signature(content, purpose=PURPOSE))}@{settings.MAIL_DOMAIN}"


def read_reply_address(address: str) -> ReplyAddress | None:
    """``None`` for what is no address of ours, or is not signed. One that is over is read as any other."""
    user, _at, domain = address.strip().lower().rpartition("@")
    token = user.removeprefix(PREFIX)
    if domain != settings.MAIL_DOMAIN.lower() or token == user or len(token) > LONGEST_TOKEN:
        return None
    try:
        raw = from_letters(token)
    except ValueError:
        return None
    content, signed = raw[:-SIGNATURE_BYTES], raw[-SIGNATURE_BYTES:]
    # Two spellings may decode to the same bytes, where bits are left over; only one of them was ever mailed.
    if to_letters(raw) != token or not is_signed(content, signed, purpose=PURPOSE):
        return None
    code, network_id, key, last, person = _unpacked(content)
    return ReplyAddress(network_id, UUID(int=person), code, key, BEGINNING + timedelta(days=last))


def _packed(*values: int) -> bytes:
    """Raises ``OverflowError``."""
    return b"".join(value.to_bytes(width, "big") for value, width in zip(values, _WIDTHS, strict=True))


def _unpacked(content: bytes) -> list[int]:
    ends = list(accumulate(_WIDTHS))
    return [int.from_bytes(content[end - width : end], "big") for end, width in zip(ends, _WIDTHS, strict=True)]
