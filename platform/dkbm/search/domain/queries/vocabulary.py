"""What the network's vocabulary knows of typed words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from math import log

from django.db.models import BooleanField, Func, Q, Value

from dkbm.search.domain.vocabulary import letters_of, texts
from dkbm.search.models import VocabularyWord
from dkbm.search.stems import root, stem

MOST_SIMILAR = 2_000
"""So many words that may be meant are compared letter by letter."""


@dataclass
class Known:
    """Words of the network by root, with the number of entries that hold them; ``total`` entries."""

    total: int = 0
    by_root: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    def family(self, word: str) -> dict[str, int]:
        """Words of the same root."""
        return self.by_root.get(root(word), {})

    def entries(self, word: str) -> int:
        """How many hold the word, however it is bent; at most as many as there are."""
        wanted = stem(word)
        found = sum(number for other, number in self.family(word).items() if stem(other) == wanted)
        return min(found, self.total) if self.total else found

    def __contains__(self, word: str) -> bool:
        wanted = stem(word)
        return any(stem(other) == wanted for other in self.family(word))

    def rarity(self, entries: int) -> float:
        """1 for a word of a single entry, next to nothing for one that all hold."""
        total = max(self.total, entries, 10)
        return max(0.05, min(1.0, log((total + 1) / max(entries, 1)) / log(total + 1)))


def look_up(words: Iterable[str]) -> Known:
    """The families of these words, which are spelt out."""
    roots = {root(word) for word in words}
    known = Known()
    rows = VocabularyWord.objects.filter(root__any=texts(roots | {""})).values_list("word", "root", "entries")
    for word, its_root, entries in rows:
        if word:
            family = known.by_root[its_root]
            family[word] = max(entries, family.get(word, 0))
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
    rows = VocabularyWord.objects.filter(either).exclude(word="").order_by("-entries", "word")
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
