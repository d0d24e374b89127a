"""Marks what was found in titles and texts: every word that meets the question in one of its ways."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from .compounds import parts
from .ordinary import is_stop
from .questions import How, Question, Wanted
from .stems import stem
from .text import in_one_word, spelt_out

BEFORE, LENGTH = 7, 32
"""Words of a snippet: so many before the first that was found, and so many in all."""
SHORTEST_WITHIN = 5
"""Letters of a word that is also looked for within others."""
LONGEST_ENDING = 3
MOST_PLACES = 12
_TOKEN = re.compile(r"\w+(?:(?:[*:·•]|/-?|\()innen\)?)?(?:[-\u2010\u2011]\w+)*")
_HYPHEN = re.compile("([-\u2010\u2011])")
_SENTENCE = re.compile(r"[.!?:\n]\W*$")
_SPELT = {"a": "(?:ae|ä|a)", "o": "(?:oe|ö|o)", "u": "(?:ue|ü|u)", "s": "(?:ß|ss)"}
_SPELT |= {"ä": _SPELT["a"], "ö": _SPELT["o"], "ü": _SPELT["u"], "ß": _SPELT["s"]}
_VOWEL = re.compile("ae|oe|ue|ss|[aouäöüß]")


@dataclass(frozen=True)
class Signs:
    """By what words are known that meet one thing which is wanted."""

    stems: frozenset[str]
    beginnings: tuple[str, ...]
    inner: frozenset[str]
    rarity: float

    def meet(self, word: str) -> bool:
        """``word``: spelt out."""
        return (
            stem(word) in self.stems
            or (bool(self.beginnings) and word.startswith(self.beginnings))
            or any(part in self.inner for part in _stems_of_parts(word))
        )


class Marker:
    """Of one question. What is marked is escaped. ``seen``: words that were marked, spelt out -> as written."""

    def __init__(self, question: Question) -> None:
        self._signs = [_signs(wanted) for wanted in question.wanted]
        self._wanted = question.wanted
        self.seen: dict[str, str] = {}

    def title(self, text: str) -> SafeString:
        return _joined(text, 0, len(text), [place for place, _found in self._found(text)])

    def snippet(self, text: str) -> SafeString:
        """The part of a text in which most of the question stands; its beginning where nothing does."""
        tokens = [match.span() for match in _TOKEN.finditer(text)]
        if not tokens:
            return _joined(text, 0, len(text), [])
        found = self._found(text)
        first = self._first(tokens, found)
        start = _sentence_before(text, tokens, first)
        end = tokens[min(start + LENGTH, len(tokens)) - 1][1]
        if start + LENGTH >= len(tokens):
            end = len(text.rstrip())
        closing = re.match(r"[^\w\s]+", text[end:])
        return _joined(text, tokens[start][0], end + (closing.end() if closing else 0), [place for place, _ in found])

    def places(self) -> tuple[str, str]:
        """Regular expressions of the database: where the rarest of what is wanted stands, and where any of it."""
        rarest = max(self._wanted, key=lambda wanted: (not wanted.optional, wanted.rarity, len(wanted.typed)))
        return _places([rarest]), _places(self._wanted)

    def _found(self, text: str) -> list[tuple[tuple[int, int], frozenset[int]]]:
        """Places of the words that were found, and what of the question each of them meets."""
        return list(self._each(text))

    def _each(self, text: str) -> Iterator[tuple[tuple[int, int], frozenset[int]]]:
        for match in _TOKEN.finditer(text):
            whole = match[0]
            joined = self._meets(_HYPHEN.sub("", in_one_word(whole)))
            if joined:
                yield match.span(), joined
                continue
            at = match.start()
            for piece in _HYPHEN.split(whole):
                if len(piece) < len(whole) and (met := self._meets(in_one_word(piece))):
                    yield (at, at + len(piece)), met
                at += len(piece)

    def _meets(self, word: str) -> frozenset[int]:
        spelt = spelt_out(word)
        met = frozenset(number for number, signs in enumerate(self._signs) if signs.meet(spelt))
        if met:
            self.seen.setdefault(spelt, word)
        return met

    def _first(self, tokens: list[tuple[int, int]], found: list[tuple[tuple[int, int], frozenset[int]]]) -> int:
        """Token from which on the most is found."""
        places = [(_token_at(tokens, start), met) for (start, _end), met in found]
        best, most = 0, -1.0
        for number, (token, _met) in enumerate(places):
            near = [met for other, met in places[number:] if other < token + LENGTH - BEFORE]
            worth = sum(self._signs[each].rarity for each in frozenset().union(*near)) + 0.001 * len(near)
            if worth > most + 0.0001:
                best, most = token, worth
        return best


def _signs(wanted: Wanted) -> Signs:
    stems, beginnings, inner = set(), set(), set()
    for alternative in wanted.alternatives:
        if alternative.how == How.BEGINNING:
            beginnings.add(spelt_out(alternative.word))
            continue
        for word in map(spelt_out, alternative.words):
            if not is_stop(word):
                stems.add(stem(word))
                if alternative.how in (How.TYPED, How.PART, How.LONGER) and len(word) > LONGEST_ENDING:
                    inner.add(stem(word))
    return Signs(frozenset(stems), tuple(beginnings), frozenset(inner), wanted.rarity)


@lru_cache(maxsize=20_000)
def _stems_of_parts(word: str) -> frozenset[str]:
    return frozenset(stem(part) for part in parts(word))


def _token_at(tokens: list[tuple[int, int]], place: int) -> int:
    return next(number for number, (_start, end) in enumerate(tokens) if end > place)


def _sentence_before(text: str, tokens: list[tuple[int, int]], first: int) -> int:
    """The token that begins the sentence, or one not far before."""
    earliest = max(0, first - BEFORE)
    for number in range(first, earliest - 1, -1):
        if number == 0 or _SENTENCE.search(text[tokens[number - 1][1] : tokens[number][0]]):
            return number
    return earliest


def _joined(text: str, start: int, end: int, places: list[tuple[int, int]]) -> SafeString:
    pieces, at = [], start
    for begin, stop in places:
        if start <= begin and stop <= end:
            pieces += [escape(text[at:begin]), "<mark>", escape(text[begin:stop]), "</mark>"]
            at = stop
    pieces.append(escape(text[at:end]))
    return mark_safe("".join(pieces))  # noqa: S308 - everything but our marks is escaped


def _places(several: list[Wanted] | tuple[Wanted, ...]) -> str:
    words = [word for wanted in several for each in wanted.alternatives for word in each.words if not is_stop(word)]
    return "|".join(dict.fromkeys(_place(word) for word in words[: MOST_PLACES * len(several)])) or "^"


def _place(word: str) -> str:
    """Its beginning, however its umlauts are written and it ends."""
    beginning = word[: max(LONGEST_ENDING, len(word) - LONGEST_ENDING)]
    pattern = _VOWEL.sub(lambda match: _SPELT[match[0][0]], beginning)
    return pattern if len(beginning) >= SHORTEST_WITHIN else rf"\m{pattern}"
