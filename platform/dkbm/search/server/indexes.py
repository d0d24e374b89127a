"""The indices on the server: one for each type of entry, behind an alias that searching and feeding name.

``transfernetz_1a2b3c-topic`` -> ``transfernetz_1a2b3c-topic-20261130120000``. The six signs stand for the shape of the
documents: code that knows another shape finds none of its aliases, searches in PostgreSQL and builds its own indices.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from functools import cache
from hashlib import blake2b

from django.conf import settings
from django.utils import timezone
from elasticsearch import Elasticsearch

from dkbm.search.types import type_keys

from .connection import asked
from .documents import EntryDocument


def prefix() -> str:
    return f"{settings.SEARCH_INDEX_PREFIX}_{_shape()}"


@cache
def _shape() -> str:
    definition = json.dumps([EntryDocument._index.to_dict(), type_keys()], sort_keys=True)
    return blake2b(definition.encode(), digest_size=3).hexdigest()


def alias_of(kind: str) -> str:
    return f"{prefix()}-{kind}"


def aliases(kinds: Collection[str] = ()) -> list[str]:
    """Of these types of entries, or of all."""
    return [alias_of(kind) for kind in kinds or type_keys()]


def is_complete(server: Elasticsearch) -> bool:
    """Whether every alias leads somewhere."""
    return set(aliases()) <= {alias for names in _found(server).values() for alias in names}


def server_state() -> dict[str, object]:
    """Its version, and whether it has our indices. Raises :class:`ServerAway`."""
    with asked() as server:
        return {"version": server.info()["version"]["number"], "indices": is_complete(server)}


def targets(server: Elasticsearch) -> dict[str, list[str]]:
    """Type -> indices that a change has to go to: the one that is searched, and one that is being built."""
    found = _found(server)
    return {kind: sorted(name for name in found if name.startswith(f"{alias_of(kind)}-")) for kind in type_keys()}


def create(server: Elasticsearch) -> dict[str, str]:
    """New empty indices that nothing is searched in yet, by type."""
    stamp = timezone.now().strftime("%Y%m%d%H%M%S%f")
    made = {kind: f"{alias_of(kind)}-{stamp}" for kind in type_keys()}
    for name in made.values():
        EntryDocument.init(index=name, using=server)
    return made


def switch(server: Elasticsearch, made: dict[str, str]) -> None:
    """Search in these from now on: all at once, then the old ones go, also those of earlier shapes."""
    found = _found(server)
    actions: list[dict[str, object]] = [
        {"remove": {"index": name, "alias": alias}} for name, names in found.items() for alias in names
    ]
    actions += [{"add": {"index": name, "alias": alias_of(kind)}} for kind, name in made.items()]
    server.indices.update_aliases(actions=actions)
    drop(server, set(made.values()))


def drop(server: Elasticsearch, keep: Collection[str] = ()) -> None:
    """Delete what this installation has on the server, but for those to keep."""
    if names := sorted(_found(server, f"{settings.SEARCH_INDEX_PREFIX}_*-*").keys() - set(keep)):
        server.indices.delete(index=names)


def drop_unused(server: Elasticsearch) -> None:
    """Delete what a build that was broken off has left."""
    if names := [name for name, names in _found(server).items() if not names]:
        server.indices.delete(index=names)


def _found(server: Elasticsearch, pattern: str = "") -> dict[str, list[str]]:
    """Index -> its aliases."""
    answer = server.indices.get_alias(index=pattern or f"{prefix()}-*", allow_no_indices=True)
    return {name: list(found["aliases"]) for name, found in answer.items()}
