"""Bringing entries to the search server: what has changed, a whole network, or everything into new indices.

Who feeds a network holds its lock, so that of two states of an entry the later one is written last. What has to be
brought stands in ``SearchChange`` until the server has taken it; each of these may be broken off and begun again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any

from django.db import connection, transaction
from elasticsearch import Elasticsearch
from elasticsearch.helpers import scan, streaming_bulk

from dkbm.search.domain.index import Difference
from dkbm.search.models import SearchChange, SearchEntry
from dkbm.search.server import indexes
from dkbm.search.server.connection import ServerAway, written
from dkbm.search.server.documents import document_id, document_of
from dkbm.tenancy.context import BoundNetwork, require_network
from dkbm.tenancy.hosts import each_network

logger = logging.getLogger(__name__)

BATCH = 500
"""So many changes are brought over in one transaction."""
MOST_BYTES = 10_000_000
"""Of one request; servers refuse what is longer than a hundred megabytes."""
MOST_SECONDS = 200
"""Then the next sweep goes on: tasks are ended after five minutes."""
BUSY = frozenset({429, 502, 503, 504})
"""Answers to a single document that say: later."""
INDICES, BUILDING, NETWORK = range(3)
"""Locks, the last for each network: no index is deleted while somebody writes into it, and one build runs at a time."""

Say = Callable[[BoundNetwork, int, int], object]


class AlreadyBuilding(RuntimeError):
    """Somebody builds the indices just now."""


def feed_network() -> int:
    """Bring the bound network's changes over; returns how many. Whoever does it already finds those of others too.

    Raises :class:`ServerAway`; what was not taken stays noted.
    """
    number, end = 0, time.monotonic() + MOST_SECONDS
    while time.monotonic() < end and SearchChange.objects.exists():
        with transaction.atomic():
            if not (_locked(INDICES, shared=True) and _locked(NETWORK, require_network().id)):
                return number
            changes = list(SearchChange.objects.order_by("pk")[:BATCH])
            with written() as server:
                number += _bring(server, indexes.targets(server), {(each.type, each.key) for each in changes})
            SearchChange.objects.filter(pk__in=[each.pk for each in changes]).delete()
    return number


def mend_network(*, anew: bool = False) -> dict[str, Difference]:
    """Compare what the server has of the bound network with its entries, and mend it. Returns the types that differed.

    ``anew``: write every entry, whatever is there. Raises :class:`ServerAway`.
    """
    network, found = require_network(), {}
    with transaction.atomic(), written() as server:
        _locked(INDICES, shared=True, wait=True)
        _locked(NETWORK, network.id, wait=True)
        for kind, names in indexes.targets(server).items():
            there = _digests(server, indexes.alias_of(kind), network)
            difference = Difference([], [], [])
            for documents in _documents(kind):
                wrong = [each for each in documents if anew or there.get(each["key"]) != each["digest"]]
                _write(server, [_writing(name, each) for name in names for each in wrong])
                difference.outdated.extend(each["key"] for each in wrong if each["key"] in there)
                difference.missing.extend(each["key"] for each in wrong if each["key"] not in there)
                for each in documents:
                    there.pop(each["key"], None)
            difference.gone.extend(sorted(there))
            _write(server, [_deleting(name, network.id, key) for name in names for key in there])
            if difference.missing or difference.outdated or difference.gone:
                found[kind] = difference
    return found


def build_indexes(say: Say = lambda network, done, all: None) -> int:
    """All networks into new indices, which are searched from the moment on when they are full. Returns their entries.

    Meanwhile the old ones are searched, and changes go to both. ``say(network, done, of)`` is told how far it is.
    Raises :class:`AlreadyBuilding` and :class:`ServerAway`.
    """
    with _session_lock(BUILDING), written() as server:
        with transaction.atomic():
            _locked(INDICES, wait=True)
            indexes.drop_unused(server)
            made = indexes.create(server)
        number = sum(_fill(server, made, network, say) for network in each_network())
        server.indices.refresh(index=list(made.values()))
        with transaction.atomic():
            _locked(INDICES, wait=True)
            indexes.switch(server, made)
    return number


def build_if_missing() -> None:
    """Build where the server has no indices of this shape: a new server, or new code. Raises :class:`ServerAway`."""
    with written() as server:
        is_complete = indexes.is_complete(server)
    if not is_complete:
        with suppress(AlreadyBuilding):
            number = build_indexes()
            logger.warning("search server had no indices: built", extra={"entries": number})


def _fill(server: Elasticsearch, made: dict[str, str], network: BoundNetwork, say: Say) -> int:
    done, all = 0, SearchEntry.objects.count()
    with transaction.atomic():
        _locked(NETWORK, network.id, wait=True)
        for kind, name in made.items():
            for documents in _documents(kind):
                _write(server, [_writing(name, each) for each in documents])
                done += len(documents)
                say(network, done, all)
    return done


def _bring(server: Elasticsearch, targets: dict[str, list[str]], changed: set[tuple[str, str]]) -> int:
    """Each of these entries as it is now, or its absence."""
    network, actions = require_network().id, []
    for kind in {type for type, _key in changed} & targets.keys():
        if not targets[kind]:
            raise ServerAway("its indices are not there")
        gone = {key for type, key in changed if type == kind}
        rows = SearchEntry.objects.filter(type=kind, key__in=gone).defer("document")
        for row in rows.iterator(chunk_size=BATCH):
            gone.discard(row.key)
            actions += [_writing(name, document_of(row)) for name in targets[kind]]
        actions += [_deleting(name, network, key) for name in targets[kind] for key in gone]
    _write(server, actions)
    if written_to := sorted({each["_index"] for each in actions}):
        # Searches leave out what waits here, so it has to be there when the row goes.
        server.indices.refresh(index=written_to)
    return len(changed)


def _documents(kind: str) -> Iterator[list[dict[str, Any]]]:
    """All of the bound network's, some at a time."""
    rows = SearchEntry.objects.filter(type=kind).defer("document").order_by("pk").iterator(chunk_size=BATCH)
    while batch := [document_of(row) for row in islice(rows, BATCH)]:
        yield batch


def _digests(server: Elasticsearch, alias: str, network: BoundNetwork) -> dict[str, str]:
    """Key -> digest of what is searched of the network."""
    server.indices.refresh(index=alias)
    hits = scan(
        server,
        index=alias,
        query={"query": {"term": {"network": network.id}}, "_source": ["digest"]},
        routing=str(network.id),
        size=2000,
    )
    return {hit["_id"].partition(":")[2]: hit["_source"]["digest"] for hit in hits}


def _writing(index: str, document: dict[str, Any]) -> dict[str, Any]:
    network = document["network"]
    return {**_place(index, network, document["key"]), "_op_type": "index", "_source": document}


def _deleting(index: str, network: int, key: str) -> dict[str, Any]:
    return {**_place(index, network, key), "_op_type": "delete"}


def _place(index: str, network: int, key: str) -> dict[str, Any]:
    return {"_index": index, "_id": document_id(network, key), "routing": str(network)}


def _write(server: Elasticsearch, actions: Iterable[dict[str, Any]]) -> None:
    """What the server will never take is logged and left out: it must not hold up all the rest."""
    for worked, item in streaming_bulk(
        server, actions, chunk_size=BATCH, max_chunk_bytes=MOST_BYTES, raise_on_error=False
    ):
        ((operation, result),) = item.items()
        if worked or (operation == "delete" and result["status"] == 404):
            continue
        if result["status"] in BUSY:
            raise ServerAway(f"it is busy: {result['status']}")
        logger.error("search server refuses an entry", extra={"entry": result["_id"], "status": result["status"]})


def _locked(lock: int, which: int = 0, *, shared: bool = False, wait: bool = False) -> bool:
    """Until the end of the transaction. Without ``wait`` false when somebody else holds it."""
    name = f"pg_{'' if wait else 'try_'}advisory_xact_lock{'_shared' if shared else ''}"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name}(hashtext(%s), %s)", [f"dkbm.search.{lock}", which])
        return cursor.fetchone()[0] is not False


@contextmanager
def _session_lock(lock: int) -> Iterator[None]:
    """Raises :class:`AlreadyBuilding`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s), 0)", [f"dkbm.search.{lock}"])
        if not cursor.fetchone()[0]:
            raise AlreadyBuilding
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s), 0)", [f"dkbm.search.{lock}"])
