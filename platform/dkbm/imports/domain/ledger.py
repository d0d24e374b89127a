"""Which entries are loaded as they stand: those are left alone, with all that people changed since."""

from __future__ import annotations

from collections.abc import Collection
from hashlib import sha256

from dkbm.imports.models import LoadedEntry
from dkbm.imports.schemas import Entry

VERSION = "1"
"""Count it up when the loader makes something else of the same data."""


class Ledger:
    """Entries of one kind in the bound network."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._digests = dict(LoadedEntry.objects.filter(kind=kind).values_list("key", "digest"))

    def is_loaded(self, key: str, entry: Entry, *, present: Collection[str]) -> bool:
        """The entry was loaded just like this, and its row is still there."""
        return key in present and self._digests.get(key) == digest_of(entry)

    def note(self, key: str, entry: Entry) -> None:
        """Call it in the transaction of loading."""
        digest = digest_of(entry)
        if self._digests.get(key) != digest:
            LoadedEntry.objects.update_or_create(kind=self.kind, key=key, defaults={"digest": digest})
            self._digests[key] = digest


def digest_of(entry: Entry) -> str:
    return sha256(f"{VERSION}:{entry.model_dump_json()}".encode()).hexdigest()
