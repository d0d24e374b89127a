"""Secrets of the second factor are stored encrypted: who reads a dump cannot make codes."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

logger = logging.getLogger(__name__)

MARK = "fernet:"
"""Before what is encrypted; what was stored earlier stands there plainly."""


def encrypt(text: str) -> str:
    """``text`` under a key that is made of ``SECRET_KEY``."""
    return MARK + _keys().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """What was encrypted under ``SECRET_KEY`` or one of ``SECRET_KEY_FALLBACKS``.

    Under any other key a secret that nobody knows, so that no code ever fits.
    """
    if not stored.startswith(MARK):
        return stored
    try:
        return _keys().decrypt(_token(stored)).decode()
    except InvalidToken:
        logger.warning("second factor cannot be decrypted: none of the keys is the one it was stored with")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def renew(stored: str) -> str:
    """``stored`` under ``SECRET_KEY``, unchanged where it is already. Raises ``InvalidToken`` where no key fits."""
    if not stored.startswith(MARK):
        return encrypt(stored)
    try:
        _key(settings.SECRET_KEY).decrypt(_token(stored))
    except InvalidToken:
        return MARK + _keys().rotate(_token(stored)).decode()
    return stored


def _token(stored: str) -> bytes:
    return stored.removeprefix(MARK).encode()


def _keys() -> MultiFernet:
    """The first encrypts, each may decrypt."""
    return MultiFernet([_key(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret_key: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor:" + secret_key.encode()).digest()))
