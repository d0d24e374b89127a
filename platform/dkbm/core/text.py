"""Text helpers without domain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from django.utils.text import slugify

_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
_FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
LINE_END = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
"""What ends a line in other programs; word processors and chats have their own."""
DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Signs, for a class of a regular expression, that turn the direction in which the text behind them is read."""
WITHIN_WORDS = (
    r"\u00ad\u034f\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufe00-\ufe0d\ufeff\ufff0-\ufff8"
    r"\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Signs, for such a class, that are drawn as nothing: joiners, places to part a word, selectors, tags (Unicode:
Default_Ignorable_Code_Point). The word around one goes on."""
GAPS = r"\u115f\u1160\u2028\u2029\u2800\u3164\uffa0\ufff9-\ufffc\ue000-\uf8ff\U00013441\U00013442\U0001d159"
"""Drawn as a gap or as anything: fillers, the empty cell of Braille, what has no meaning outside of a program."""
PICTURE_SELECTORS = r"\ufe0e\ufe0f"
"""Say how the sign before is drawn, as a heart or as a picture of one; nothing by themselves."""
_NOTHING = re.compile(rf"[{DIRECTIONS}{WITHIN_WORDS}{GAPS}{PICTURE_SELECTORS}]")
_DRAWN = "LNPS"
"""Letters, numbers, punctuation, symbols. A mark (an accent by itself) needs one that it is put on."""
_UNSEEN = re.compile(rf"[\x00-\x08\x0e-\x1f\x7f-\x9f{DIRECTIONS}\ud800-\udfff]")

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_BEFORE_NAMES = frozenset(
    {
        "af",
        "da",
        "de",
        "del",
        "den",
        "der",
        "di",
        "du",
        "la",
        "le",
        "ten",
        "ter",
        "van",
        "vom",
        "von",
        "zu",
        "zum",
        "zur",
    }
)
"""Words of a family's name that come before it, and do not stand for it."""


def is_storable(value: Any) -> bool:
    """Whether PostgreSQL takes each text in ``value``: a text, or lists and objects of JSON. No NUL, no half sign."""
    if isinstance(value, str):
        return not _UNSTORABLE.search(value)
    if isinstance(value, Mapping):
        return all(is_storable(key) and is_storable(each) for key, each in value.items())
    return all(map(is_storable, value)) if isinstance(value, list | tuple) else True


def sort_key(value: str) -> str:
    """Key for sorting names by DIN 5007-1 (ä as a, ß as ss), so that every server sorts alike."""
    folded = unicodedata.normalize("NFKD", value.lower().translate(_FOLD))
    return re.sub(r"\s+", " ", "".join(char for char in folded if not unicodedata.combining(char))).strip()


def seen_text(value: str) -> str:
    """What somebody wrote, as it may stand in a mail or a file: lines end with ``\\n``, unseen characters are gone."""
    return _UNSEEN.sub("", LINE_END.sub("\n", value))


def has_visible_sign(value: str) -> bool:
    return any(unicodedata.category(sign)[0] in _DRAWN for sign in _NOTHING.sub("", value))


def one_line(value: str) -> str:
    """As :func:`seen_text`, in one line: a name or a title in a subject, a sender, a calendar, a list."""
    return " ".join(seen_text(value).split())


def german_slug(text: str, *, length: int = 80) -> str:
    """ "Bildungsbüro für alle" -> "bildungsbuero-fuer-alle", without a hyphen at either end."""
    return re.sub(r"-+", "-", slugify(text.translate(_UMLAUTS)).replace("_", "-"))[:length].strip("-")


def initials(first: str, last: str = "") -> str:
    """Of a name, one letter or two, never a sign: "Ä" of (Ärzte), "L" of von der Leyen. Empty without any letter."""
    return "".join(filter(None, (_first_letter(first), _first_letter(last))))


def _first_letter(name: str) -> str:
    """Of the first word that is no title (Dr.) and no "von", where there is another one."""
    words = [word for word in unicodedata.normalize("NFC", name).split() if any(map(str.isalnum, word))]
    named = [word for word in words if not word.endswith(".") and word.casefold() not in _BEFORE_NAMES]
    return next((sign.upper()[0] for word in named or words for sign in word if sign.isalnum()), "")
