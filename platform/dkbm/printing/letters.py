"""Texts as the shipped fonts can draw them. An accessible PDF may hold no sign that its font does not have."""

from __future__ import annotations

import json
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.conf import settings

from dkbm.core.text import WITHIN_WORDS, seen_text

UNKNOWN = "▯"
"""Stands for what no font of ours can draw. The page says so."""
LONGEST_WORD = 40
_SAME_LOOK = str.maketrans({"\u2010": "-", "\u2011": "-", "\u00a0": "\u00a0", "\u2028": "\n", "\u2029": "\n"})
_UNSEEN = re.compile(f"[{WITHIN_WORDS}\ufe0e\ufe0f]")
_LONG = re.compile(rf"[^\s\u200b-]{{{LONGEST_WORD}}}(?=[^\s\u200b-])")
_GAP = "\u200b"
"""May end a line."""


@lru_cache(1)
def _known() -> tuple[list[int], list[int]]:
    ranges = json.loads((settings.PRINT_FONTS / "letters.json").read_text())
    return [low for low, _high in ranges], [high for _low, high in ranges]


def can_draw(letter: str) -> bool:
    lows, highs = _known()
    place = bisect_right(lows, ord(letter)) - 1
    return place >= 0 and ord(letter) <= highs[place]


def drawable(text: str) -> str:
    """Composed, without what nobody sees, :data:`UNKNOWN` for what cannot be drawn, long words with places to part."""
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", seen_text(text))).translate(_SAME_LOOK)
    shown = "".join(letter if letter in "\n\t " or can_draw(letter) else UNKNOWN for letter in text)
    return _LONG.sub(lambda word: word[0] + _GAP, re.sub(f"{UNKNOWN}+", UNKNOWN, shown))


def drawable_in(value: Any) -> Any:
    """Each text within lists and objects; keys, and addresses of links (``url``, ``…_url``), stay as they are."""
    if isinstance(value, str):
        return drawable(value)
    if isinstance(value, Mapping):
        return {key: each if key.endswith("url") else drawable_in(each) for key, each in value.items()}
    return [drawable_in(each) for each in value] if isinstance(value, list | tuple) else value


def holds_unknown(value: Any) -> bool:
    """Whether something of what :func:`drawable_in` returned could not be drawn."""
    if isinstance(value, str):
        return UNKNOWN in value
    if isinstance(value, Mapping):
        return any(map(holds_unknown, value.values()))
    return any(map(holds_unknown, value)) if isinstance(value, list) else False
