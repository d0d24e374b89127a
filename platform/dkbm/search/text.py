"""Spellings: ``Häuser`` must be found as ``haeuser``, ``Maedchen`` as ``Mädchen``, whatever the server can do.

The database gets words alone: it would take ``Krippe/Kita`` for a path, ``10-15`` for two numbers of which one is
negative, and ``kita.example`` for a host, each found only as a whole.
"""

from __future__ import annotations

import re
import unicodedata

from dkbm.core.text import DIRECTIONS, WITHIN_WORDS

_NO_WORD = re.compile(r"[^\w]+|_")
_INVISIBLE = re.compile(f"[{WITHIN_WORDS}{DIRECTIONS}]")
"""What they stand in is one word. A selector stays: a picture in a title is drawn as it was meant."""
_ALL_GENDERS = re.compile(r"(?<=[^\W\d_]{2})(?:[*:_·•](?=innen|in\b)|/-?(?=innen)|\((?=innen\)))", re.IGNORECASE)
_PARTED_UNSEEN = re.compile("\u00ad\\s+")
_PARTED = re.compile(r"(\b[^\W\d_]{2,})[-\u2010\u2011]\s+(?!(?:und|oder|sowie|bzw)\b)([^\W\dA-ZÄÖÜ_]{3,})")

_HYPHENED = re.compile(r"(?<![\w\u2010\u2011-])[^\W\d_]{2,}(?:[-\u2010\u2011][^\W\d_]{2,})+(?![\w-])")
_HYPHEN = re.compile("[-\u2010\u2011]")
_AND = r"\s*+(?:(?:\b(?:und/oder|und|oder|sowie|wie|auch)\b|\b(?:bzw\b\.?|[uo]\.)|[,/&+])\s*+)++"
"""Gives nothing back: where ways to match it are tried out, a row of commas costs hours."""
_HANGS = re.compile(rf"\b([^\W\d_]{{2,}}+)[-\u2010\u2011]{_AND}(?=([^\W\d_]{{5,}}))", re.IGNORECASE)
_HANGS_BEHIND = re.compile(rf"\b([^\W\d_]{{5,}}+){_AND}[-\u2010\u2011](?=([^\W\d_]{{3,}}))", re.IGNORECASE)

_SPELL_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(text: str) -> str:
    """Composed Unicode without signs that nobody sees and the control characters that PostgreSQL refuses.

    Where a line of a PDF ends with a soft hyphen, its word goes on in the next one.
    """
    text = _PARTED_UNSEEN.sub("", unicodedata.normalize("NFC", text))
    return _CONTROL.sub(" ", _INVISIBLE.sub("", text))


def only_words(text: str) -> str:
    """Lower case, and blanks alone between the words; ligatures and raised figures as plain ones."""
    return _NO_WORD.sub(" ", unicodedata.normalize("NFKC", text)).lower()


def in_one_word(text: str) -> str:
    """``Kolleg*innen`` and ``Kolleg/-innen`` as ``Kolleginnen``."""
    return _ALL_GENDERS.sub("", text)


def joined_words(text: str) -> list[str]:
    """Further words by which a text is found: those of all genders, those that a line of a PDF has parted, and those
    that are written with a hyphen, ``Bildungs-Monitoring``.
    """
    genders = [whole for word in text.split() if (whole := in_one_word(word)) != word]
    parted = [match[1] + match[2] for match in _PARTED.finditer(text)]
    return genders + parted + [_HYPHEN.sub("", match[0]) for match in _HYPHENED.finditer(text)]


def hanging(text: str) -> list[tuple[str, str, bool]]:
    """Parts of words that go on elsewhere, with the whole word there: ``Schul- und Sprachentwicklung`` gives ``Schul``
    and ``Sprachentwicklung``. The third says that the part is an end: ``Schulplanung und -entwicklung``.
    """
    ends = [(match[2], match[1], True) for match in _HANGS_BEHIND.finditer(text)]
    return [(match[1], match[2], False) for match in _HANGS.finditer(text)] + ends


def spelt_out(text: str) -> str:
    """Lower case, umlauts and ß written out, other accents dropped: ``Café Mädchen`` -> ``cafe maedchen``."""
    composed = unicodedata.normalize("NFC", text).lower().translate(_SPELL_OUT)
    return "".join(char for char in unicodedata.normalize("NFKD", composed) if not unicodedata.combining(char))


def with_umlauts(text: str) -> str:
    """``maedchen`` -> ``mädchen``."""
    for plain, umlaut in (("ae", "ä"), ("oe", "ö"), ("ue", "ü")):
        text = text.replace(plain, umlaut)
    return text


def names(part: str, text: str) -> bool:
    """Whether each word of ``part`` is in ``text``, be it the middle of a word, however umlauts are written."""
    within = spelt_out(clean(text))
    return all(word in within for word in only_words(spelt_out(clean(part))).split())
