"""Reading what people type: words, "phrases", -without, and beginnings*."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dkbm.search.questions import MAX_LENGTH, MAX_TERMS
from dkbm.search.text import clean, in_one_word, only_words

MIN_BEGINNING = 3
"""Letters from which on the last word may be a beginning."""
MIN_STARRED = 2
"""The same where a star says so."""
_QUOTES = str.maketrans("„“”»«", '"' * 5)
"""Phones and word processors set these where people type a quotation mark."""
_TERM = re.compile(r'(?P<minus>-?)"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+)')
_QUESTIONED = re.compile(r"\w\?+$")
_GOES_ON = re.compile(r"(und|oder|und/oder|sowie|bzw\.?|[uo]\.|wie|auch|noch|statt|[&+/–])\Z")
"""Behind them a hyphen stands for a part of a word, not for "without": ``Schulplanung und -entwicklung``."""


@dataclass(frozen=True)
class Term:
    """``begins``: typed as the beginning of a word, ``Kita*``."""

    text: str
    phrase: bool = False
    without: bool = False
    begins: bool = False


def parse(q: str) -> list[Term]:
    """Terms of a search. A minus needs a word that it can stand before; unpaired quotes are ignored."""
    terms: list[Term] = []
    before = ""
    for match in _TERM.finditer(in_one_word(clean(q)[:MAX_LENGTH]).lower().translate(_QUOTES)):
        word = match["word"]
        if word is None:
            terms.append(Term(only_words(match["phrase"]).strip(), phrase=True, without=bool(match["minus"])))
        elif word.startswith("-") and not _goes_on(before):
            terms.append(Term(only_words(word).strip(), without=True))
        else:
            terms += _parts(word)
        before = word or ""
    return [term for term in terms if term.text][:MAX_TERMS]


def _parts(word: str) -> list[Term]:
    """Behind a star stands what people do not know, at the end or within: ``Bildungsb*``, ``Bildungs*bericht``."""
    known, star, _unknown = word.partition("*")
    if star and len("".join(only_words(known).split()[-1:])) >= MIN_STARRED:
        *before, last = only_words(known).split()
        return [*map(Term, before), Term(last, begins=True)]
    starts = bool(_QUESTIONED.search(word))
    parts = only_words(word).split()
    return [Term(part, begins=starts and part == parts[-1] and len(part) >= MIN_BEGINNING) for part in parts]


def _goes_on(before: str) -> bool:
    return bool(_GOES_ON.match(before) or re.search(r"\w[-,/]$", before))
