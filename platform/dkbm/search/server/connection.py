"""The search server: one client for the process, and a pause while it does not answer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from typing import Any

from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, TransportError
from elasticsearch.helpers import BulkIndexError

from dkbm.core.commits import Breaker

from .opensearch import OpenSearchNode

SEARCH_SECONDS = 2.0
"""So long a reader waits for the server; then PostgreSQL searches, for :data:`~dkbm.core.commits.PAUSE_SECONDS`."""
WRITE_SECONDS = 20.0
breaker = Breaker()


class ServerAway(RuntimeError):
    """The search server did not answer, or not as it should."""


def is_set() -> bool:
    """Whether this installation has a search server at all."""
    return bool(settings.ELASTICSEARCH_URL)


def client() -> Elasticsearch:
    """Not for readers and tasks, who would wait for it again and again: they ask inside of the blocks below."""
    return _client(settings.ELASTICSEARCH_URL, settings.SEARCH_FLAVOUR, settings.ELASTICSEARCH_CA_FILE)


def asked() -> AbstractContextManager[Elasticsearch]:
    """Around the question of a reader."""
    return _answering(SEARCH_SECONDS)


def written() -> AbstractContextManager[Elasticsearch]:
    """Around work that may take its time."""
    return _answering(WRITE_SECONDS)


@contextmanager
def _answering(seconds: float) -> Iterator[Elasticsearch]:
    """Raises :class:`ServerAway` in place of what the client raises, and at once while the server rests."""
    if breaker.resting:
        raise ServerAway("it did not answer a moment ago")
    start = time.monotonic()
    try:
        yield client().options(request_timeout=seconds)
    except (ApiError, TransportError, BulkIndexError) as error:
        breaker.failed(0 if isinstance(error, BulkIndexError) else time.monotonic() - start)
        raise ServerAway(short(error)) from error
    breaker.worked()


def short(error: Exception) -> str:
    """For the log: never what was asked, which may be somebody's words."""
    status = getattr(getattr(error, "meta", None), "status", "")
    return f"{type(error).__name__} {status}".strip()


@cache
def _client(url: str, flavour: str, ca_file: str) -> Elasticsearch:
    """Nothing is tried twice: whoever waits gets PostgreSQL's answer instead, and what was not written stays noted."""
    options: dict[str, Any] = {"ca_certs": ca_file} if ca_file else {}
    if flavour == "opensearch":
        options["node_class"] = OpenSearchNode
    return Elasticsearch(url, request_timeout=WRITE_SECONDS, max_retries=0, retry_on_timeout=False, **options)
