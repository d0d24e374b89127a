"""The network's vocabulary: each word of its entries, so that what is typed can be understood by it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import TextField, Value

from dkbm.search.compounds import completed
from dkbm.search.models import SearchEntry, VocabularyWord
from dkbm.search.stems import root
from dkbm.search.text import joined_words, only_words, spelt_out

SHORTEST, LONGEST = 2, 60
BATCH = 5_000


def words_of(text: str) -> list[str]:
    """Words of a text, spelt out, with those by which it is found besides."""
    return only_words(spelt_out(" ".join([text, *joined_words(text), *completed(text).values()]))).split()


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


def learn(rows: Iterable[SearchEntry]) -> None:
    """Take in words that the network has not had; call it with the entries that are written.

    Not guarded against two who bring the same word at once: they would wait for each other's transaction, and perhaps
    for ever. A word that stands here twice does no harm.
    """
    words = {word for row in rows for word in _words_of(row)}
    known = VocabularyWord.objects.filter(word__any=texts(words)).values_list("word", flat=True)
    VocabularyWord.objects.bulk_create([_row(word, 1) for word in sorted(words.difference(known))], batch_size=BATCH)


def recount() -> None:
    """Write the vocabulary of the bound network anew, with the number of entries that hold each word."""
    counts: Counter[str] = Counter()
    number = 0
    for row in SearchEntry.objects.only("title", "body", "facets", "continues").iterator(chunk_size=500):
        counts.update(_words_of(row))
        number += 1
    VocabularyWord.objects.all().delete()
    rows = [_row(word, entries) for word, entries in [("", number), *sorted(counts.items())]]
    VocabularyWord.objects.bulk_create(rows, batch_size=BATCH)


def _words_of(row: SearchEntry) -> set[str]:
    heading = "" if row.continues else f"{row.title} {labels_of(row.facets or [])} "
    return {word for word in words_of(heading + row.body) if SHORTEST <= len(word) <= LONGEST}


def _row(word: str, entries: int) -> VocabularyWord:
    return VocabularyWord(word=word, root=root(word), length=len(word), letters=letters_of(word), entries=entries)
