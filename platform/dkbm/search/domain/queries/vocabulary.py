"""What the network's vocabulary knows of typed words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

from django.db.models import BooleanField, Func, Q, Value

from dkbm.search.domain.vocabulary import letters_of, texts
from dkbm.search.models import VocabularyWord
from dkbm.search.stems import root, stem

MOST_SIMILAR = 2_000
"""So many words that may be meant are compared letter by letter."""


class Count(NamedTuple):
    """Entries that hold a word, and those that hold it or a word of which it is a part."""

    entries: int
    within: int


@dataclass
class Known:
    """Words of the network by root, and how many entries there are."""

    total: int = 0
    by_root: dict[str, dict[str, Count]] = field(default_factory=lambda: defaultdict(dict))

    def family(self, word: str) -> dict[str, Count]:
        """Words of the same root."""
        return self.by_root.get(root(word), {})

    def forms(self, word: str) -> dict[str, Count]:
        """The word, however it is bent."""
        wanted = stem(word)
        return {other: count for other, count in self.family(word).items() if stem(other) == wanted}

    def within(self, word: str) -> int:
        """How many entries hold it, be it a part of a longer word; at most as many as there are."""
        found = sum(count.within for count in self.forms(word).values())
        return min(found, self.total) if self.total else found

    def __contains__(self, word: str) -> bool:
        return bool(self.forms(word))

    def rarity(self, word: str) -> float:
        """1 for a word of a single entry, next to nothing for one that all hold."""
        total = max(self.total, 10)
        return max(0.05, min(1.0, log((total + 1) / max(self.within(word), 1)) / log(total + 1)))


def look_up(words: Iterable[str]) -> Known:
    """The families of these words, which are spelt out."""
    roots = {root(word) for word in words}
    known = Known()
    rows = VocabularyWord.objects.filter(root__any=texts(roots | {""})).values_list("word", "root", "entries", "within")
    for word, its_root, entries, within in rows:
        if word:
            family = known.by_root[its_root]
            family[word] = max(family.get(word, Count(0, 0)), Count(entries, within))
        else:
            known.total = max(entries, known.total)
    return known


def similar(words: Collection[str], distance: int = 2) -> list[tuple[str, int]]:
    """Words of about the same letters, and those that hold one of these; the most frequent first."""
    either = Q()
    for word in words:
        either |= Q(
            _differ_little(word, 2 * distance),
            length__range=(len(word) - distance, len(word) + distance),
        ) | Q(word__contains=word, length__gt=len(word))
    rows = VocabularyWord.objects.filter(either, entries__gt=0).exclude(word="").order_by("-entries", "word")
    return list(rows.values_list("word", "entries")[:MOST_SIMILAR])


def _differ_little(word: str, bits: int) -> Func:
    """Each edit changes two bits at most: one letter goes, another comes."""
    return Func(
        Value(letters_of(word)),
        Value(bits),
        template="bit_count((letters # %(expressions)s",
        arg_joiner=")::bit(27)) <= ",
        output_field=BooleanField(),
    )
