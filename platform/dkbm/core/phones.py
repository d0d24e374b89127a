"""Telephone numbers as people write them: one number that can be dialled."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FEWEST, MOST = 3, 18
_ONE_NUMBER = re.compile(r"[+(\d][\d\s/().–-]*")


def validate_phone(value: str) -> None:
    """Raises ``ValidationError`` for words, and for two numbers in one line: a link would dial both as one."""
    digits = sum(sign.isdecimal() for sign in value)
    if not _ONE_NUMBER.fullmatch(value.strip()) or not FEWEST <= digits <= MOST:
        raise ValidationError(_("Bitte geben Sie eine einzige Telefonnummer ein, zum Beispiel 04231 15-0."))


def dialled(value: str) -> str:
    """``0541 000 000-0`` -> ``05410000000``, ``+49 (0)541 0`` -> ``+495410``: as ``tel:`` wants it."""
    abroad = value.strip().startswith("+")
    digits = re.sub(r"\D", "", re.sub(r"\(0\)", "", value) if abroad else value)
    return f"+{digits}" if abroad else digits
