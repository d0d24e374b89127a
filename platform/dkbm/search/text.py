"""Spellings: ``Häuser`` must be found as ``haeuser``, ``Maedchen`` as ``Mädchen``, whatever the server can do."""

from __future__ import annotations

import re
import unicodedata

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

TYPOGRAPHY = "„“”‚‘’»«›‹–—…·•"
STAND_INS = "".join(map(chr, (*range(1, 9), *range(14, 21))))
"""Control characters that stand for ``TYPOGRAPHY`` while PostgreSQL looks for words: in some locales it takes
``„Lernen`` for one word. No stored text holds them."""
_TYPOGRAPHY_BACK = str.maketrans(STAND_INS, TYPOGRAPHY)
_NO_WORD = re.compile(r"[^\w\x00-\x7f]+")

_SPELL_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
MARK_START, MARK_END = "\ue000", "\ue001"
"""Around found words until the text is escaped; no stored text holds them."""

_CONTROL = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff{MARK_START}{MARK_END}]")


def clean(text: str) -> str:
    """Composed Unicode without the control characters that PostgreSQL refuses."""
    return _CONTROL.sub(" ", unicodedata.normalize("NFC", text))


def only_words(text: str) -> str:
    """Lower case, without the signs beyond ASCII that PostgreSQL may glue to a word."""
    return _NO_WORD.sub(" ", text).lower()


def spelt_out(text: str) -> str:
    """Lower case, umlauts and ß written out, other accents dropped: ``Café Mädchen`` -> ``cafe maedchen``."""
    composed = unicodedata.normalize("NFC", text).lower().translate(_SPELL_OUT)
    return "".join(char for char in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(char))


def with_umlauts(text: str) -> str:
    """``maedchen`` -> ``mädchen``, to mark the word in a text that is written with umlauts."""
    for plain, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü")):
        text = text.replace(plain, umlaut)
    return text


def marked(text: str) -> SafeString:
    """Escaped text in which the found words are ``<mark>``."""
    escaped = escape(text.translate(_TYPOGRAPHY_BACK)).replace(MARK_START, "<mark>").replace(MARK_END, "</mark>")
    return mark_safe(escaped)  # noqa: S308 - everything but our two marks is escaped
