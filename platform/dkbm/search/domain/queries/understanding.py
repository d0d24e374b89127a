"""From what people type to a :class:`~dkbm.search.questions.Question`, for any engine."""

from __future__ import annotations

from dkbm.search.questions import Alternative, How, Question, Wanted
from dkbm.search.text import spelt_out

from .words import MIN_BEGINNING, Term, parse


def understand(q: str) -> Question | None:
    """What is wanted; ``None`` where there is nothing to look for (empty, or only what must not be there)."""
    terms = parse(q)
    wanted = [term for term in terms if not term.without]
    if not wanted:
        return None
    return Question(
        wanted=tuple(_wanted(term, last=term is wanted[-1]) for term in wanted),
        without=tuple(term.text for term in terms if term.without),
        text=spelt_out(" ".join(term.text for term in wanted)),
    )


def _wanted(term: Term, *, last: bool) -> Wanted:
    alternatives = [Alternative(term.text, 1, How.TYPED)]
    if (spelt := spelt_out(term.text)) != term.text:
        alternatives.append(Alternative(spelt, 1, How.SPELT))
    if not term.phrase and " " not in term.text and (term.begins or (last and len(term.text) >= MIN_BEGINNING)):
        alternatives += [Alternative(each.word, 0.5, How.BEGINNING) for each in alternatives]
    return Wanted(tuple(alternatives), phrase=term.phrase)
