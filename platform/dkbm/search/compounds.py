"""Long words and their parts: ``schulabsentismus`` -> ``schule``, ``absentismus``.

German words are taken apart by a list of words that others are made of (``data/bases.txt``). One part that is not in
it may stand beside known ones: new words are formed with old ones. What is looked up is free of umlauts, so that
``haeuser`` and ``haus`` are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from .stems import stem, without_umlauts
from .text import hanging, spelt_out

BASES = Path(__file__).parent / "data" / "bases.txt"
SHORTEST, LONGEST = 7, 60
"""Letters of words that are taken apart."""
SHORTEST_PART, SHORTEST_UNKNOWN = 3, 5
LINKS = ("", "s", "es", "n", "en", "er", "e", "ens")
"""What stands between two parts."""
ENDINGS = ("", "e", "n", "en", "s", "es", "er", "ern", "em", "nen", "in", "innen", "te", "ten")
"""What stands behind the last part."""
_KNOWN, _SHORT, _LINK, _UNKNOWN = 1.0, 0.7, 0.2, 4.0
_MOST = 2 * _UNKNOWN
"""So doubtful a split is none: it has two unknown parts."""
_ENDING = re.compile(
    r"(?:ung|heit|keit|igkeit|schaft|lich|isch|ig|er|en|em|es|in|ier|ion|ation|bar|sam|los|end|nis|tum|ler|lein|chen"
    r"|ismus|ist|iv|ur|um|al|ell|ant|ent)"
)
"""A rest that begins so is no word, but what the one before it ends with."""
_SYLLABLE = re.compile(
    r"(?:[bcdfghjklmnpqrstvwxz]|bl|br|ch|chr|dr|fl|fr|gl|gn|gr|kl|kn|kr|pf|pfl|ph|pl|pr|ps|qu|sch|schl|schm|schn|schr"
    r"|schw|sk|sp|spl|spr|st|str|th|tr|zw)?[aeiouy]"
)
"""A word begins so."""
_END = re.compile(
    r"(?:[aeiouy]|[aeiouy][bcdfghjklmnpqrstvwxz]|ch|ck|sch|cht|ft|kt|ld|lf|lk|ll|lm|lt|lz|mm|mp|mt|nd|ng|nk|nn|ns|nt|nz"
    r"|pf|pp|pt|rb|rd|rf|rg|rk|rm|rn|rs|rt|rz|ss|st|tt|tz|ts)$"
)


class Split(NamedTuple):
    cost: float
    parts: tuple[str, ...]


@cache
def _forms() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Forms that a part may have, before another one and at the end -> the word."""
    lines = BASES.read_text(encoding="utf-8").splitlines()
    words = {without_umlauts(base): base for base in (spelt_out(line) for line in lines if line[:1] not in ("", "#"))}
    within, last = dict(words), dict(words)
    for plain, base in words.items():
        for short in (plain, stem(base)):
            within.update({short + link: base for link in LINKS if short + link not in within})
            last.update({short + ending: base for ending in ENDINGS if short + ending not in last})
    return within, last


@lru_cache(maxsize=100_000)
def parts(word: str) -> tuple[str, ...]:
    """Parts of a word that is spelt out, the long ones with their own parts; empty where it is none."""
    found = split(word)
    inner = [each for part in found if len(part) >= SHORTEST for each in split(part)]
    return tuple(dict.fromkeys([*found, *inner]))


def split(word: str, further: Mapping[str, str] | None = None) -> tuple[str, ...]:
    """The fewest parts that the word is made of. ``further``: form without umlauts -> word, known besides."""
    plain = without_umlauts(f"{word[:-5]}in" if word.endswith("innen") else word)
    if not SHORTEST <= len(plain) <= LONGEST or any(letter.isdigit() for letter in plain):
        return ()
    most = _UNKNOWN if plain in _forms()[1] else _MOST
    best: dict[int, Split] = {len(plain): Split(0.0, ())}
    for start in range(len(plain) - SHORTEST_PART, -1, -1):
        found = [each for each in _from(plain, start, best, further or {}) if each.cost < most]
        if found:
            best[start] = min(found)
    result = best.get(0, Split(0.0, ())).parts
    return result if len(result) > 1 else ()


def _from(word: str, start: int, best: Mapping[int, Split], further: Mapping[str, str]) -> Iterator[Split]:
    """Ways to take the word apart from a place on, given those from all later places."""
    within, last = _forms()
    for end in range(start + SHORTEST_PART, len(word) + 1):
        rest = best.get(end)
        if rest is None or (start == 0 and end == len(word)):
            continue
        piece = word[start:end]
        known = further.get(piece) or (last if end == len(word) else within).get(piece)
        if known:
            cost = _KNOWN + (_SHORT if len(known) < 5 else 0) + (_LINK if len(known) < len(piece) else 0)
            yield Split(cost + rest.cost, (known, *rest.parts))
        elif (start == 0 or end == len(word)) and _may_be_a_word(piece, last=end == len(word)):
            unknown = piece if end == len(word) else piece.removesuffix("s")
            yield Split(_UNKNOWN + rest.cost, (unknown, *rest.parts))


def _may_be_a_word(piece: str, *, last: bool) -> bool:
    if len(piece) < SHORTEST_UNKNOWN or not _SYLLABLE.match(piece):
        return False
    return not _ENDING.match(piece) if last else bool(_END.search(piece))


def completed(text: str) -> dict[str, str]:
    """Parts that hang on a hyphen -> the words that are meant, all spelt out: ``schul`` -> ``schulentwicklung``."""
    found = {}
    for part, other, is_end in hanging(text):
        part, other = spelt_out(part), spelt_out(other)
        places = _seams(other)
        if places and is_end:
            found[part] = other[: places[-1]] + part
        elif places:
            found[part] = part + other[places[0] :]
    return found


def _seams(word: str) -> list[int]:
    """Where the parts of a word meet, as far as they stand in it as they are."""
    places: list[int] = []
    at = 0
    found = split(word)
    for _part, following in pairwise(found):
        at = word.find(stem_of_start(following), at + SHORTEST_PART)
        if at < 0:
            return places
        places.append(at)
    return places


def stem_of_start(word: str) -> str:
    """Letters that a part surely begins with, however it is bent."""
    return word[: max(SHORTEST_PART, len(word) - 3)]
