"""From what people type to a :class:`~dkbm.search.questions.Question`, for any engine.

What is typed is compared with the network's own vocabulary: it says which longer words a word is part of, what a longer
one is made of, and what somebody has mistyped. How that came about: decision 9.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import OSA

from dkbm.search.compounds import LONGEST, completed, split
from dkbm.search.ordinary import is_filler, is_stop, is_weak
from dkbm.search.questions import Alternative, How, Question, Wanted
from dkbm.search.stems import root, stem, without_umlauts
from dkbm.search.synonyms import key_of, synonyms
from dkbm.search.text import clean, spelt_out

from .vocabulary import Known, look_up, similar
from .words import MIN_BEGINNING, Term, parse

WEIGHTS = {
    How.TYPED: 1.0, How.SPELT: 1.0, How.FORM: 0.6, How.BEGINNING: 0.5, How.PART: 0.6, How.LONGER: 0.7,
    How.SYNONYM: 0.7, How.TYPO: 0.7,
}  # fmt: skip
STARRED = 0.9
WEAK_RARITY, FILLER_RARITY = 0.15, 0.05
LONGEST_EXPRESSION = 5
"""Words of a synonym that are looked for in what is typed."""
MOST_FORMS, MOST_TYPOS, MOST_CONTAINING = 8, 5, 12
SHORTEST_TYPO, SHORTEST_DOUBLE_TYPO = 4, 8
MOST_DOUBTFUL = 8
"""Words that are compared with the whole vocabulary."""
SHORTEST_PIECE = 4
"""Letters of a word of the vocabulary that a longer one may be made of."""
SHORTEST_FAMILY = 4
MOST_PIECES = 3
AS_WRITTEN = 0.97
SAYS_ENOUGH = 0.6
"""A part of a long word may stand alone if it says so much of what the part says that says most."""


@dataclass
class Draft:
    """A term while it is being understood. ``word``: spelt out."""

    term: Term
    word: str
    alternatives: list[Alternative] = field(default_factory=list)
    optional: bool = False
    rarity: float = 1.0

    def add(self, word: str, how: How, share: float = 1.0) -> None:
        if all((word, how) != (each.word, each.how) for each in self.alternatives):
            self.alternatives.append(Alternative(word, round(WEIGHTS[how] * share, 3), how))

    @property
    def is_plain(self) -> bool:
        return not self.term.phrase and " " not in self.word


def understand(q: str) -> Question | None:
    """What is wanted; ``None`` where there is nothing to look for (empty, or only what must not be there)."""
    terms = parse(q)
    drafts = [Draft(term, spelt_out(term.text)) for term in terms if not term.without]
    said = _that_say_something(drafts)
    if not said:
        return None
    whole = completed(clean(q).lower())
    known = look_up(_to_look_up(said, whole))
    for draft in said:
        _as_typed(draft, last=draft is drafts[-1])
        _forms(draft, known, whole)
    _joined(drafts, known)
    _synonyms(drafts)
    corrections = _unknown(said, known)
    for draft in said:
        _weigh(draft, known)
    return Question(
        wanted=tuple(Wanted(tuple(d.alternatives), d.term.phrase, d.optional, round(d.rarity, 3)) for d in said),
        without=tuple(term.text for term in terms if term.without),
        text=" ".join(draft.word for draft in drafts),
        corrections=corrections,
    )


def _that_say_something(drafts: list[Draft]) -> list[Draft]:
    """Each once, without words that stand everywhere; those that questions are asked with only where all are such."""
    each_once = {(draft.word, draft.term.phrase): draft for draft in reversed(drafts)}.values()
    said = [draft for draft in reversed(each_once) if draft.term.phrase or not is_stop(draft.word)]
    asked = [draft for draft in said if draft.term.phrase or not is_filler(draft.word)]
    for draft in asked:
        draft.optional = not draft.term.phrase and is_weak(draft.word)
    return asked or said


def _to_look_up(drafts: Sequence[Draft], whole: Mapping[str, str]) -> Iterator[str]:
    words = [draft.word for draft in drafts if draft.is_plain]
    yield from words
    yield from whole.values()
    yield from (one + other for one, other in pairwise(words))
    for word in words:
        yield from _pieces(word)


def _pieces(word: str) -> Iterator[str]:
    """Whatever stands in a long word and may be one of its own."""
    if 2 * SHORTEST_PIECE - 1 <= len(word) <= LONGEST:
        for start in range(len(word) - SHORTEST_PIECE + 1):
            for end in range(start + SHORTEST_PIECE, len(word) + 1):
                if end - start < len(word):
                    yield word[start:end]


def _as_typed(draft: Draft, *, last: bool) -> None:
    term = draft.term
    draft.add(term.text, How.TYPED)
    if draft.word != term.text:
        draft.add(draft.word, How.SPELT)
    if not draft.is_plain:
        return
    if term.begins or (last and len(draft.word) >= MIN_BEGINNING):
        for word in dict.fromkeys((term.text, draft.word)):
            draft.add(word, How.BEGINNING, STARRED / WEIGHTS[How.BEGINNING] if term.begins else 1.0)
    if len(draft.word) >= MIN_BEGINNING:
        draft.add(draft.word, How.PART)


def _forms(draft: Draft, known: Known, whole: Mapping[str, str]) -> None:
    """How the network writes it, other words of its family, and what ``Schul-`` means before a hanging hyphen."""
    if not draft.is_plain:
        return
    if draft.word in whole:
        draft.add(whole[draft.word], How.SPELT)
    _as_written(draft, draft.word, known)
    if len(root(draft.word)) < SHORTEST_FAMILY:
        return
    others = {word: count for word, count in known.family(draft.word).items() if stem(word) != stem(draft.word)}
    for word in sorted(others, key=lambda word: -others[word].entries)[:MOST_FORMS]:
        if others[word].entries:
            draft.add(word, How.FORM)


def _as_written(draft: Draft, word: str, known: Known) -> None:
    """The forms that the network has of a word: an engine's stemmer may hold them for different ones."""
    forms = known.forms(word)
    for form in sorted(forms, key=lambda form: -forms[form].entries)[:MOST_FORMS]:
        if forms[form].entries and form != draft.word:
            draft.add(form, How.SPELT, AS_WRITTEN)


def _joined(drafts: Sequence[Draft], known: Known) -> None:
    """``bildungs monitoring``: two words that the network writes in one."""
    for one, other in pairwise(drafts):
        if one.is_plain and other.is_plain:
            _as_written(one, one.word + other.word, known)
            _as_written(other, one.word + other.word, known)


def _synonyms(drafts: Sequence[Draft]) -> None:
    """Of each word and of several that stand together; where those are known, each of them may be met so."""
    known = synonyms()
    for start in range(len(drafts)):
        for end in range(start + 1, min(start + LONGEST_EXPRESSION, len(drafts)) + 1):
            here = drafts[start:end]
            for expression in known.get(key_of(" ".join(draft.word for draft in here)), ()):
                for draft in here:
                    draft.add(expression, How.SYNONYM)


def _longer(draft: Draft, known: Known) -> bool:
    """A long word that the network has not: its parts, all of them or those that say most. Whether all are known."""
    pieces = {piece for piece in _pieces(draft.word) if piece in known}
    parts = split(draft.word, {without_umlauts(piece): piece for piece in pieces})
    held = [part for part in parts if part in known]
    if not held:
        return False
    draft.add(" ".join(held), How.LONGER)
    worth = {part: known.rarity(part) * len(part) for part in held}
    worth |= {piece: len(piece) for piece in sorted(pieces, key=len)[-MOST_PIECES:] if 2 * len(piece) > len(draft.word)}
    for part, its in worth.items():
        if len(held) > 1 and (share := its / max(worth.values())) >= SAYS_ENOUGH:
            draft.add(part, How.LONGER, 0.35 + 0.5 * share)
    return len(held) == len(parts)


def _unknown(drafts: Iterable[Draft], known: Known) -> dict[str, tuple[str, ...]]:
    """What the network has not: longer than its words, mistyped, or standing in longer ones."""
    unknown = [draft for draft in drafts if draft.is_plain and draft.word not in known]
    doubtful = [draft for draft in unknown if not _longer(draft, known) and _may_be_mistyped(draft)]
    doubtful = doubtful[:MOST_DOUBTFUL]
    words = similar([draft.word for draft in doubtful]) if doubtful else []
    corrections = {}
    for draft in doubtful:
        near = _near(draft.word, words)
        if near:
            corrections[draft.word] = tuple(word for word, _share in near)
            draft.alternatives = [each for each in draft.alternatives if each.how != How.LONGER]
        for word, share in near:
            draft.add(word, How.TYPO, share)
        for word in [word for word, _entries in words if draft.word in word][:MOST_CONTAINING]:
            draft.add(word, How.PART, 0.8)
    return corrections


def _may_be_mistyped(draft: Draft) -> bool:
    return len(draft.word) >= SHORTEST_TYPO and draft.word.isalpha()


def _near(word: str, words: Iterable[tuple[str, int]]) -> list[tuple[str, float]]:
    """The nearest words, and how near: one edit, or two in a long word."""
    most = 2 if len(word) >= SHORTEST_DOUBLE_TYPO else 1
    found = []
    for other, entries in words:
        distance = OSA.distance(word, other, score_cutoff=most)
        if distance <= most and len(other) >= SHORTEST_TYPO and not other.isdigit():
            found.append((distance + 0.5 * (other[0] != word[0]), -entries, other))
    return [(other, 1.0 / (0.6 + 0.4 * distance)) for distance, _entries, other in sorted(found)[:MOST_TYPOS]]


def _weigh(draft: Draft, known: Known) -> None:
    """How much it says: the rarer, the more. Of a word that nothing holds as much as of what stands for it."""
    if draft.is_plain:
        others = [word for each in draft.alternatives for word in each.words if word in known]
        draft.rarity = known.rarity(draft.word) if draft.word in known else max(map(known.rarity, others), default=1.0)
    if draft.optional:
        draft.rarity = min(draft.rarity, WEAK_RARITY)
    elif draft.is_plain and is_filler(draft.word):
        draft.rarity = min(draft.rarity, FILLER_RARITY)
