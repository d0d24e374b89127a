"""Spellings: ``Häuser`` must be found as ``haeuser``, ``Maedchen`` as ``Mädchen``, whatever the server can do."""

from __future__ import annotations

import re
import unicodedata

_SPELL_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def clean(text: str) -> str:
    """Composed Unicode without the control characters that PostgreSQL refuses."""
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text))


def spelt_out(text: str) -> str:
    """Lower case, umlauts and ß written out, other accents dropped: ``Café Mädchen`` -> ``cafe maedchen``."""
    composed = unicodedata.normalize("NFC", text).lower().translate(_SPELL_OUT)
    return "".join(char for char in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(char))


def with_umlauts(text: str) -> str:
    """``maedchen`` -> ``mädchen``, to mark the word in a text that is written with umlauts."""
    for plain, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü")):
        text = text.replace(plain, umlaut)
    return text
