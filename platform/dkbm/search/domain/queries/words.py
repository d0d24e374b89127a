"""From what people type to a query of the database: all words, "phrases", -without, and the beginning of the last."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

from django.contrib.postgres.search import SearchQuery

from dkbm.search.text import clean, in_one_word, only_words, spelt_out, with_umlauts

CONFIG = "german"
MAX_LENGTH = 200
"""Characters of a search that are read."""
MAX_TERMS = 20
MIN_BEGINNING = 3
"""Letters from which on the last word may be a beginning."""
MIN_STARRED = 2
"""The same where a star says so."""
_QUOTES = str.maketrans("„“”»«", '"' * 5)
"""Phones and word processors set these where people type a quotation mark."""
LONGEST_ENDING = 3
_SPELT = {"a": "(?:ae|ä|a)", "o": "(?:oe|ö|o)", "u": "(?:ue|ü|u)", "s": "(?:ß|ss)"}
_SPELT |= {"ä": _SPELT["a"], "ö": _SPELT["o"], "ü": _SPELT["u"], "ß": _SPELT["s"]}
_VOWEL = re.compile("ae|oe|ue|ss|[aouäöüß]")
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


@dataclass(frozen=True)
class Words:
    """``exact``: whole words; ``wide``: also longer words that begin like the last; ``shown``: what to mark.

    ``place``: where to look for it first, as a regular expression of PostgreSQL.
    """

    exact: Any
    wide: Any
    shown: Any
    place: str


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


def words(q: str) -> Words | None:
    """The search as queries; ``None`` where there is nothing to look for (empty, or only what must not be there)."""
    terms = parse(q)
    wanted = [term for term in terms if not term.without]
    if not wanted:
        return None
    last = wanted[-1]
    return Words(
        exact=_all(terms, _spellings),
        wide=_all(
            terms, lambda term: _spellings(term) | _beginning(term) if _may_begin(term, last) else _spellings(term)
        ),
        shown=_all(wanted, lambda term: _shown(term, begins=_may_begin(term, last)), together=lambda a, b: a | b),
        place=_place(wanted),
    )


def _place(wanted: list[Term]) -> str:
    """The beginning of the longest word, which is likely the rarest, however its umlauts are written and it ends."""
    word = max((word for term in wanted for word in re.findall(r"\w+", term.text)), key=len)
    beginning = word[: max(MIN_BEGINNING, len(word) - LONGEST_ENDING)]
    return rf"\m{_VOWEL.sub(lambda match: _SPELT[match[0][0]], beginning)}"


def _all(
    terms: list[Term], query: Callable[[Term], Any], together: Callable[[Any, Any], Any] = lambda a, b: a & b
) -> Any:
    return reduce(together, (_none(term) if term.without else query(term) for term in terms))


def _forms(term: Term) -> list[str]:
    """The term as typed and with umlauts written out; the index holds both."""
    return list(dict.fromkeys((term.text, spelt_out(term.text))))


def _kind(term: Term) -> str:
    return "phrase" if term.phrase else "plain"


def _spellings(term: Term) -> Any:
    return reduce(
        lambda a, b: a | b, (SearchQuery(form, config=CONFIG, search_type=_kind(term)) for form in _forms(term))
    )


def _none(term: Term) -> Any:
    return reduce(
        lambda a, b: a & b,
        (SearchQuery(form, config=CONFIG, search_type=_kind(term), invert=True) for form in _forms(term)),
    )


def _may_begin(term: Term, last: Term) -> bool:
    is_long = bool(re.fullmatch(rf"\w{{{MIN_BEGINNING},}}", term.text))
    return term.begins or (term is last and not term.phrase and is_long)


def _beginning(term: Term) -> Any:
    return reduce(
        lambda a, b: a | b,
        (SearchQuery(f"'{form}':*", config=CONFIG, search_type="raw") for form in _forms(term)),
    )


def _shown(term: Term, *, begins: bool) -> Any:
    """Marking looks at the text as it is written, so ``haeuser`` also stands for ``häuser`` here."""
    umlauts = SearchQuery(with_umlauts(term.text), config=CONFIG, search_type=_kind(term))
    query = _spellings(term) | umlauts
    return query | _beginning(term) if begins else query
