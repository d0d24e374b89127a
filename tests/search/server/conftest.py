"""The product searches on the search server, in indices of these tests' own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from dkbm.search.server import indexes
from dkbm.search.server.connection import breaker, client
from tests.search_server import GivenServer, SearchServer

PREFIX = "tests"


def point_to(settings: Any, server: SearchServer | GivenServer) -> None:
    settings.SEARCH_ENGINE = "elasticsearch"
    settings.ELASTICSEARCH_URL = server.url
    settings.SEARCH_FLAVOUR = server.flavour
    settings.SEARCH_INDEX_PREFIX = PREFIX
    breaker.worked()


@pytest.fixture
def on_server(search_server: SearchServer | GivenServer, settings: Any) -> Iterator[None]:
    """Empty indices, which are searched from the beginning."""
    point_to(settings, search_server)
    server = client()
    if not indexes.is_complete(server):
        indexes.switch(server, indexes.create(server))
    yield
