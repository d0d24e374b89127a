"""The glossary as pages show it."""

from __future__ import annotations

import string
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from dkbm.core.text import sort_key
from dkbm.glossary.models import OTHER, Term

LETTERS = (*string.ascii_uppercase, OTHER)


@dataclass(frozen=True)
class TermRow:
    """``see_also``: the related terms that there are, as the term names them."""

    term: Term
    see_also: list[Term]


@dataclass(frozen=True)
class Letter:
    """A letter and its terms; ``anchor``: the id of its heading. Without ``rows`` there is nothing to jump to."""

    sign: str
    anchor: str
    rows: list[TermRow]


@dataclass(frozen=True)
class Glossary:
    """``letters``: all of the alphabet, so that the eye finds each at its place; ``total``: without the filter."""

    letters: list[Letter]
    number: int
    total: int

    @property
    def filled(self) -> list[Letter]:
        return [letter for letter in self.letters if letter.rows]


def glossary(*, q: str = "") -> Glossary:
    """The bound network's terms, those that hold every word of ``q``; one query."""
    terms = list(Term.objects.all())
    known = {term.slug: term for term in terms}
    found = [_row(term, known) for term in terms if _holds(term, q)]
    by_letter = {sign: list(rows) for sign, rows in groupby(_by_letter(found), key=lambda row: row.term.letter)}
    letters = [Letter(sign, _anchor(sign), by_letter.get(sign, [])) for sign in LETTERS]
    shown = [letter for letter in letters if letter.sign != OTHER or letter.rows]
    return Glossary(letters=shown, number=len(found), total=len(terms))


def term_by_slug(slug: str) -> TermRow | None:
    """At most two queries."""
    term = Term.objects.filter(slug=slug).first()
    if term is None:
        return None
    return _row(term, {row.slug: row for row in Term.objects.filter(slug__in=term.see_also)})


def _by_letter(rows: Sequence[TermRow]) -> list[TermRow]:
    """Signs and digits sort before the letters, and stand behind them."""
    return sorted(rows, key=lambda row: LETTERS.index(row.term.letter))


def _row(term: Term, known: dict[str, Term]) -> TermRow:
    return TermRow(term, [known[slug] for slug in term.see_also if slug in known])


def _holds(term: Term, q: str) -> bool:
    """However it is written: capitals and umlauts do not count."""
    text = sort_key(" ".join([*term.expressions, term.definition]))
    return all(word in text for word in sort_key(q).split())


def _anchor(sign: str) -> str:
    return f"buchstabe-{sign.lower()}" if sign != OTHER else "buchstabe-andere"
