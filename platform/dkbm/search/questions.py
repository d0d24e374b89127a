"""What somebody wants to find, as any engine can look for it: made of the typed text by ``understanding.understand``.

A :class:`Question` is a list of :class:`Wanted`, each of which may be met in several ways. An engine looks for those
things that meet all of them (but the optional ones), ranks by how well and where, and where hardly anything does, goes
on with what meets some of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

MAX_LENGTH = 200
"""Characters of a search that are read."""
MAX_TERMS = 20


class How(StrEnum):
    """How an alternative came from what was typed, the surest first."""

    TYPED = "typed"
    SPELT = "spelt"
    """The same word spelt otherwise: umlauts written out, parted or joined, of all genders."""
    FORM = "form"
    """A word of the same family that no stemmer leads to: ``gefördert`` for ``Förderung``."""
    BEGINNING = "beginning"
    """Longer words that begin so: it was the last word, or a star stood behind it."""
    PART = "part"
    """Longer words of which this is a part: ``Absentismus`` for ``Schulabsentismus``. Indexed with the text."""
    LONGER = "longer"
    """What was typed is longer: its parts, all of them where there are several, ``schul absentismus``."""
    SYNONYM = "synonym"
    TYPO = "typo"
    """A word of the network that looks alike; looked for where what was typed finds nothing."""


@dataclass(frozen=True)
class Alternative:
    """One way to meet what is wanted. ``word``: lower case, umlauts as typed or stored. With blanks several words: next
    to one another, but for ``LONGER`` anywhere. ``weight``: 1 for the word itself, less the farther it is from it.
    """

    word: str
    weight: float
    how: How

    @property
    def words(self) -> list[str]:
        return self.word.split()


@dataclass(frozen=True)
class Wanted:
    """One thing that was asked for, and how it may be met. ``phrase``: stood in quotes, so its words must stand so.

    ``optional``: helps, but nothing has to hold it. ``rarity``: how much it says, 1 for an ordinary word.
    """

    alternatives: tuple[Alternative, ...]
    phrase: bool = False
    optional: bool = False
    rarity: float = 1.0

    @property
    def typed(self) -> str:
        return self.alternatives[0].word


@dataclass(frozen=True)
class Question:
    """``wanted``: at least one. ``without``: words (several: a phrase) that must not be there. ``text``: all that was
    typed, spelt out, as a title would be compared with it. ``corrections``: typed word -> words that look alike.
    """

    wanted: tuple[Wanted, ...]
    without: tuple[str, ...] = ()
    text: str = ""
    corrections: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False)

    @property
    def required(self) -> tuple[Wanted, ...]:
        """Those that must be met; all, where only optional ones are."""
        return tuple(each for each in self.wanted if not each.optional) or self.wanted
