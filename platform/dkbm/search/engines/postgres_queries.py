"""A question in the words of PostgreSQL: which entries meet it, and how well their headings and texts do."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from dkbm.search.questions import Alternative, How, Question, Wanted

MOST_SETS = 40
"""So many ways to cover enough of a question are looked for."""
MOST_TOGETHER = 8
"""So many words are combined: each more would double the ways."""
LEVELS = ((0.85, 1.0), (0.65, 0.7), (0.5, 0.55), (0.35, 0.42), (0.0, 0.25))
"""Alternatives are asked for in groups: those of at least this weight count as that much."""


def all_of(question: Question) -> str:
    """All that is required, and nothing of what must not be there."""
    return _and([*(any_of(wanted) for wanted in question.required), *_without(question)])


def some_of(question: Question, enough: float) -> str:
    """Whatever covers enough of what is required; what stood in quotes must be there all the same."""
    phrases = [wanted for wanted in question.required if wanted.phrase]
    words = [wanted for wanted in question.required if not wanted.phrase]
    sets = [_and([any_of(wanted) for wanted in some]) for some in _covering(words, enough)]
    return _and([*(any_of(wanted) for wanted in phrases), *([_or(sets)] if sets else []), *_without(question)])


def _covering(wanted: Sequence[Wanted], enough: float) -> list[tuple[Wanted, ...]]:
    """The smallest sets that cover enough, the fewest words first. Of very many words those count that say most."""
    wanted = sorted(wanted, key=lambda each: -each.rarity)[:MOST_TOGETHER]
    needed = enough * sum(each.rarity for each in wanted)
    found: list[set[int]] = []
    for number in range(1, len(wanted) + 1):
        for some in combinations(range(len(wanted)), number):
            covered = any(smaller <= set(some) for smaller in found)
            if not covered and sum(wanted[place].rarity for place in some) >= needed:
                found.append(set(some))
            if len(found) >= MOST_SETS:
                break
    return [tuple(wanted[place] for place in sorted(some)) for some in found[:MOST_SETS]]


def _without(question: Question) -> list[str]:
    return [f"!{_words(text.split(), '<->')}" for text in question.without]


def any_of(wanted: Wanted) -> str:
    return _or([_one(each) for each in wanted.alternatives if each.how != How.PART or len(wanted.alternatives) == 1])


def levels(wanted: Wanted) -> list[tuple[str, float]]:
    """The alternatives in groups of about the same weight, the surest first."""
    found = []
    rest = [each for each in wanted.alternatives if each.how != How.PART or each.word != wanted.typed]
    for least, share in LEVELS:
        here = [each for each in rest if each.weight >= least]
        rest = [each for each in rest if each.weight < least]
        if here:
            found.append((_or([_one(each) for each in here]), share))
    return found


def beginning_with(words: Sequence[str]) -> str:
    """Each of these begins a word of title or labels; parts of words do not count."""
    return _and([_words([word], "&", ":*AB") for word in words])


def _one(alternative: Alternative) -> str:
    together = "&" if alternative.how == How.LONGER else "<->"
    return _words(alternative.words, together, ":*" if alternative.how == How.BEGINNING else "")


def _words(words: Sequence[str], together: str, mark: str = "") -> str:
    """Words hold letters and figures alone; the quotes are for those that the parser of queries would take apart."""
    return "(" + f" {together} ".join(f"'{word}'{mark}" for word in words) + ")"


def _and(parts: Sequence[str]) -> str:
    return "(" + " & ".join(parts) + ")"


def _or(parts: Sequence[str]) -> str:
    return "(" + " | ".join(parts) + ")"
