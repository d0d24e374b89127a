"""Writing the index. Called by the domain functions of the apps, in the transaction of the change itself."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from itertools import islice
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db import transaction
from django.db.models import Value
from django.utils import timezone

from dkbm.search.compounds import parts
from dkbm.search.facets import FacetValue, FacetValues
from dkbm.search.models import SearchEntry
from dkbm.search.registry import Entry, searchables
from dkbm.search.text import clean, spelt_out
from dkbm.search.types import type_keys, type_of
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import each_network

from .outbox import note_changes
from .vocabulary import found_by, labels_of, learn, recount

CONFIG = "german"
MAX_BODY = 100_000
"""Characters of the body that are kept; PostgreSQL's vectors end at one megabyte."""
BATCH = 100
CONTENT = ["slug", "title", "body", "unshown", "url", "visibility", "group_id", "date", "period", "facets", "continues"]
"""Fields of what an entry says; the vector is made from them."""


def index_object(*, type: str, key: str, entry: Entry) -> None:
    """Write the entry of one thing in the bound network, or replace it.

    Call it in the transaction of the change. Raises ``ValueError`` when ``type`` and ``key`` are not the entry's.
    """
    if (entry.type, entry.key) != (type, key):
        raise ValueError(f"Entry {entry.type} {entry.key} given for {type} {key}.")
    _write([entry])


def index_sections(*, type: str, keys: Collection[str], entries: Sequence[Entry]) -> None:
    """Write the entries of a thing's sections, and take out the others of ``keys``: two statements.

    Raises ``ValueError`` for an entry of another type or without one of these keys.
    """
    written = {entry.key for entry in entries}
    if any(entry.type != type for entry in entries) or not written <= set(keys):
        raise ValueError(f"Entries {sorted(written)} given for {type} {sorted(keys)}.")
    _write(list(entries))
    remove_objects(type=type, keys=set(keys) - written)


def remove_object(*, type: str, key: str) -> None:
    """Take one thing out of the bound network's index; nothing happens when it is not in it."""
    remove_objects(type=type, keys=[key])


def remove_objects(*, type: str, keys: Iterable[str]) -> None:
    """Take these entries out of the bound network's index, as far as they are in it."""
    found = sorted(keys)
    SearchEntry.objects.filter(type=type_of(type).key, key__in=found).delete()
    note_changes((type, key) for key in found)


@transaction.atomic
def rebuild_index() -> dict[str, int]:
    """Write every entry of the bound network anew and drop those whose thing is gone.

    Returns the number of entries by type. Types that nobody has registered lose theirs.
    """
    counts = dict.fromkeys(type_keys(), 0)
    for type in counts:
        keys: set[str] = set()
        for iterate in searchables().get(type, []):
            for batch in _batches(iterate()):
                _write(batch)
                keys.update(entry.key for entry in batch)
        stored = SearchEntry.objects.filter(type=type).values_list("key", flat=True)
        remove_objects(type=type, keys=set(stored) - keys)
        counts[type] = len(keys)
    recount()
    return counts


def renew_old_entries() -> None:
    """Rebuild the index of each network in which a migration has left entries of an older shape."""
    for _network in each_network():
        if SearchEntry.objects.filter(facets__isnull=True).exists():
            rebuild_index()


@dataclass(frozen=True)
class Difference:
    """Keys of one type's entries that were ``missing``, said something ``outdated``, or whose thing is ``gone``."""

    missing: list[str]
    outdated: list[str]
    gone: list[str]


@transaction.atomic
def compare_index() -> dict[str, Difference]:
    """Compare the bound network's index with the data, and mend it. Returns the types that differed.

    The entries are locked first: whoever changes a thing meanwhile writes its entry after this, not before.
    """
    found = {}
    for type in type_keys():
        rows = SearchEntry.objects.select_for_update().filter(type=type).defer("document")
        stored = {row.key: _digest(row) for row in rows.iterator()}
        missing: list[str] = []
        outdated: list[str] = []
        present: set[str] = set()
        for batch in _batches(entry for iterate in searchables().get(type, []) for entry in iterate()):
            present.update(entry.key for entry in batch)
            new = [entry for entry in batch if entry.key not in stored]
            known = [entry for entry in batch if entry.key in stored]
            wrong = [entry for entry in known if stored[entry.key] != _digest(_said(entry, network_id=0))]
            _write([*new, *wrong])
            missing += [entry.key for entry in new]
            outdated += [entry.key for entry in wrong]
        gone = sorted(stored.keys() - present)
        remove_objects(type=type, keys=gone)
        if missing or outdated or gone:
            found[type] = Difference(missing, outdated, gone)
    return found


def _digest(row: SearchEntry) -> int:
    """Stands for what an entry says: the texts of all entries would not fit into memory."""
    values = [getattr(row, name) for name in CONTENT]
    return hash(tuple(json.dumps(value, sort_keys=True) if isinstance(value, list) else value for value in values))


def _batches(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    iterator = iter(entries)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def _write(entries: list[Entry]) -> None:
    """Insert or replace in one statement, the vectors are made by the database; the vocabulary follows."""
    network = require_network()
    words: set[str] = set()
    SearchEntry.objects.bulk_create(
        [_row(entry, network.id, words) for entry in entries],
        update_conflicts=True,
        unique_fields=["network", "type", "key"],
        update_fields=[*CONTENT, "document", "heading"],
    )
    learn(words)
    note_changes((entry.type, entry.key) for entry in entries)


def _row(entry: Entry, network_id: int, words: set[str]) -> SearchEntry:
    """``words``: takes in those of the entry."""
    row = _said(entry, network_id)
    text = _Words(f"{row.body} {row.unshown}")
    words.update(text.words)
    row.document = text.vector("C") + text.parts("D")
    row.heading = None
    if not entry.continues:
        title, labels = _Words(row.title), _Words(labels_of(row.facets or []))
        words.update(title.words, labels.words)
        both = title.vector("A") + labels.vector("B")
        row.heading = both + title.parts("C") + labels.parts("D")
        row.document = both + row.document + title.parts("D") + labels.parts("D")
    return row


def _said(entry: Entry, network_id: int) -> SearchEntry:
    """What an entry says; the vectors are made from it."""
    return SearchEntry(
        network_id=network_id,
        type=entry.type,
        key=entry.key,
        slug=entry.slug,
        title=clean(entry.title),
        body=clean(entry.body)[:MAX_BODY],
        unshown=clean(entry.unshown),
        url=entry.url,
        visibility=entry.visibility,
        group_id=entry.group_id,
        date=_moment(entry.date),
        period=entry.period,
        facets=_facet_rows(entry.facets),
        continues=entry.continues,
    )


def _facet_rows(facets: FacetValues) -> list[dict[str, Any]]:
    """Each value once, flat: so the database unfolds them in one step, and finds one by what is in it."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for facet, values in facets.items():
        for key, label, order in (FacetValue(*value) for value in values):
            row = {"facet": facet.key, "key": clean(key), "label": clean(str(label)), "order": order}
            rows.setdefault((facet.key, str(row["key"])), row)
    return list(rows.values())


class _Words:
    """A text by its words, as they are written and once more with umlauts written out: both spellings are found."""

    def __init__(self, text: str) -> None:
        self._text = found_by(text)
        self._spelt = spelt_out(self._text)
        self.words = self._spelt.split()

    def vector(self, weight: str) -> Any:
        as_written = SearchVector(Value(self._text), config=CONFIG, weight=weight)
        return as_written + SearchVector(Value(self._spelt), config=CONFIG, weight=weight)

    def parts(self, weight: str) -> Any:
        """Of what its long words are made."""
        found = dict.fromkeys(part for word in dict.fromkeys(self.words) for part in parts(word))
        return SearchVector(Value(" ".join(found)), config=CONFIG, weight=weight)


def _moment(date: Any) -> datetime | None:
    if date is None or isinstance(date, datetime):
        return date
    return timezone.make_aware(datetime.combine(date, time.min))
