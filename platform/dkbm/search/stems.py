"""Forms of German words: what a word is the same as however it is bent, and what it comes from.

The engines have stemmers of their own for the text. These are for what is compared outside of them: the network's
vocabulary, synonyms, and words that no stemmer brings together (``gefördert`` and ``Förderung``).
"""

from __future__ import annotations

import re
from functools import lru_cache

SHORTEST = 3
"""So many letters are left of a word."""
_UMLAUT = re.compile(r"([ao])e|(?<![aeq])ue")
_ENDINGS = re.compile(r"(?:ern|em|er|en|es|e|(?<=[elr])n|(?<![ao])um|s)$")
_TAKES_NO_S = re.compile(r"[eosu]s$|[ai]us$")
_FAMILY = re.compile(
    r"(?:ierungs?|ieren|ierend|iert|ations?|atorin|ator|orin|or|erin|ler|ungs?|ier|er|in|isch|sch|lich|ig|end|(?<=[dnt])et|(?<=[rlzk])t)$"
)
_PARTICIPLE = re.compile(
    r"^(ab|an|auf|aus|bei|durch|ein|fest|her|hin|mit|nach|uber|um|unter|vor|weiter|zu|zuruck|zusammen)?"
    r"ge(?=.{4,}(?:t|en|te|ten|tem|ter|tes)$)"
)
"""``gefördert`` and ``zugewandert``."""


def without_umlauts(word: str) -> str:
    """``haeuser`` -> ``hauser``; of a word that is spelt out."""
    return _UMLAUT.sub(lambda match: match[1] or "u", word)


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """Of a word that is spelt out, without its ending: ``haeuser`` and ``haus`` -> ``haus``."""
    word = without_umlauts(word)
    if word.endswith("innen") and len(word) > len("innen") + SHORTEST:
        return word[:-3]
    found = _ENDINGS.search(word)
    if found and found.start() >= SHORTEST and not _TAKES_NO_S.search(word):
        return word[: found.start()]
    return word


@lru_cache(maxsize=20_000)
def root(word: str) -> str:
    """What the words of a family have in common: ``koordinier`` and ``koordinatorin`` -> ``koordin``."""
    short = stem(_PARTICIPLE.sub(lambda match: match[1] or "", without_umlauts(word)))
    while (found := _FAMILY.search(short)) and found.start() > SHORTEST:
        short = short[: found.start()]
    return short
