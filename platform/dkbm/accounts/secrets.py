"""Secrets of the second factor are stored encrypted: who reads a dump cannot make codes."""

from __future__ import annotations

import base64
import hashlib
import logging
import secrets

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

logger = logging.getLogger(__name__)

MARK = "fernet:"
"""Before what is encrypted; what was stored earlier stands there plainly."""


def encrypt(text: str) -> str:
    """``text`` under a key that is made of ``SECRET_KEY``."""
    return MARK + _fernet().encrypt(text.encode()).decode()


def decrypt(stored: str) -> str:
    """What was encrypted; under another ``SECRET_KEY`` a secret that nobody knows, so that no code ever fits."""
    if not stored.startswith(MARK):
        return stored
    try:
        return _fernet().decrypt(stored.removeprefix(MARK)).decode()
    except InvalidToken:
        logger.warning("second factor cannot be decrypted: SECRET_KEY is not the one it was stored with")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def _fernet() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"second factor:" + settings.SECRET_KEY.encode()).digest()))
