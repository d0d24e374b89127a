"""Two networks stand in every test database, so that a leak can show.

Tests start unbound, like any code. ``niedersachsen`` and ``bayern`` are the networks; ``in_niedersachsen``
binds the first for the length of a test. Connections are the owner's, but run as the app's role whenever a
network is bound and as the reading role for ALL, so row level security holds in every test.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.hosts import forget_hosts, network_for_host
from tests.database import take_network, use_test_database

pytest_plugins = (
    "tests.e2e.fixtures",
    "tests.mail_sink",
    "tests.redis_process",
    "tests.scheduling",
    "tests.search_server",
)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not walk through all of Django again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Content is named by its place: an archive holds the time, and all processes must collect the same names."""
    return argname if isinstance(val, bytes) else None


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The test database with two founded networks; ``--reuse-db`` keeps it between runs."""
    keep = request.config.getvalue("reuse_db") and not request.config.getvalue("create_db")
    with ExitStack() as stack:
        with django_db_blocker.unblock(), bind_all("test database", as_owner=True):
            stack.enter_context(use_test_database(keep=keep))
        yield
        with django_db_blocker.unblock(), bind_all("test database", as_owner=True):
            stack.close()


@pytest.fixture(autouse=True)
def _fresh_hosts() -> None:
    forget_hosts()


def _network(slug: str) -> BoundNetwork:
    network = network_for_host(f"{slug}.localhost")
    assert network is not None
    return network


@pytest.fixture
def niedersachsen(db: None) -> BoundNetwork:
    return _network("niedersachsen")


@pytest.fixture
def bayern(db: None) -> BoundNetwork:
    return _network("bayern")


@pytest.fixture
def in_niedersachsen(niedersachsen: BoundNetwork) -> Iterator[BoundNetwork]:
    with bind(niedersachsen):
        yield niedersachsen


@pytest.fixture
def client_of() -> Callable[..., Client]:
    """``client_of(network, person=None)``: a browser on the network's host, signed in when a person is given."""

    def make(network: BoundNetwork, person: Any = None, **kwargs: Any) -> Client:
        client = Client(headers={"host": network.host}, **kwargs)
        if person is not None:
            with bind(network):
                client.force_login(person)
        return client

    return make


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    """The folder of uploaded files, empty and this test's own."""
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


@pytest.fixture
def committed_network(django_db_setup: None, django_db_blocker: Any) -> Iterator[BoundNetwork]:
    """A network of its own, without a surrounding transaction: for threads, locks and on-commit work.

    Rows stay behind until the test database goes; nobody else sees them.
    """
    with django_db_blocker.unblock():
        yield take_network()
