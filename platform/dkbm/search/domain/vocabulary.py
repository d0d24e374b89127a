"""The network's vocabulary: each word of its entries, so that what is typed can be understood by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import transaction
from django.db.models import Max, TextField, Value

from dkbm.search.compounds import completed, parts
from dkbm.search.models import SearchEntry, VocabularyWord
from dkbm.search.stems import root
from dkbm.search.text import joined_words, only_words, spelt_out

SHORTEST, LONGEST = 2, 60
BATCH = 5_000


def found_by(text: str) -> str:
    """The words of a text, and those by which it is found besides."""
    return only_words(" ".join([text, *joined_words(text), *completed(text).values()]))


def texts(words: Iterable[str]) -> Value:
    """A list for ``word__any``: one parameter, however many there are."""
    return Value(sorted(words), ArrayField(TextField()))


def labels_of(facets: Iterable[dict[str, Any]]) -> str:
    return ", ".join(value["label"] for value in facets)


def letters_of(word: str) -> int:
    """A bit for each letter that occurs, one for all that are none."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) - 97 if "a" <= letter <= "z" else 26)
    return found


def learn(found: Iterable[str]) -> None:
    """Take in words (spelt out) that the network has not had; call it when entries are written that hold them.

    Not guarded against two who bring the same word at once: they would wait for each other's transaction, and perhaps
    for ever. A word that stands here twice does no harm.
    """
    words = set(filter(_is_kept, found))
    every = words | _parts_of(words)
    known = VocabularyWord.objects.filter(word__any=texts(every)).values_list("word", flat=True)
    new = [_row(word, int(word in words), 1) for word in sorted(every.difference(known))]
    VocabularyWord.objects.bulk_create(new, batch_size=BATCH)


@transaction.atomic
def recount() -> None:
    """Write the vocabulary of the bound network anew, with the number of entries that hold each word.

    Not where the network's entries are locked: it reads all their texts, and people would wait for the locks.
    """
    last = VocabularyWord.objects.aggregate(last=Max("pk"))["last"] or 0
    entries: Counter[str] = Counter()
    within: Counter[str] = Counter()
    number = 0
    for row in SearchEntry.objects.only("title", "body", "unshown", "facets", "continues").iterator(chunk_size=500):
        words = _words_of(row)
        entries.update(words)
        within.update(words | _parts_of(words))
        number += 1
    VocabularyWord.objects.filter(pk__lte=last).delete()  # not what others have learnt meanwhile
    rows = [_row("", number, number), *(_row(word, entries[word], count) for word, count in sorted(within.items()))]
    VocabularyWord.objects.bulk_create(rows, batch_size=BATCH)


def _words_of(row: SearchEntry) -> set[str]:
    heading = "" if row.continues else f"{row.title} {labels_of(row.facets or [])} "
    return set(filter(_is_kept, spelt_out(found_by(f"{heading}{row.body} {row.unshown}")).split()))


def _is_kept(word: str) -> bool:
    return SHORTEST <= len(word) <= LONGEST


def _parts_of(words: Iterable[str]) -> set[str]:
    return {part for word in words for part in parts(word)}


def _row(word: str, entries: int, within: int) -> VocabularyWord:
    return VocabularyWord(
        word=word, root=root(word), length=len(word), letters=letters_of(word), entries=entries, within=within
    )
