"""Short signatures for what stands in the headers of mails: 80 bits, in small letters and digits, whatever the case."""

from __future__ import annotations

import hmac
from base64 import b32decode, b32encode

from django.conf import settings
from django.utils.crypto import salted_hmac

SIGNATURE_BYTES = 10


def signature(content: bytes, *, purpose: str) -> bytes:
    return _signature(content, purpose, settings.SECRET_KEY)


def is_signed(content: bytes, signed: bytes, *, purpose: str) -> bool:
    """With the key of today, or one of before (``SECRET_KEY_FALLBACKS``)."""
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(_signature(content, purpose, key), signed) for key in keys)


def to_letters(content: bytes) -> str:
    """Of a-z and 2-7: mail servers may change the case of an address, and nothing else of it."""
    return b32encode(content).decode().rstrip("=").lower()


def from_letters(text: str) -> bytes:
    """Raises ``ValueError`` for what is no such text."""
    return b32decode(text.upper() + "=" * (-len(text) % 8))


def _signature(content: bytes, purpose: str, key: str) -> bytes:
    made = salted_hmac(f"dkbm.notifications.{purpose}", content, secret=key, algorithm="sha256")
    return made.digest()[:SIGNATURE_BYTES]
