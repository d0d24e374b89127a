"""Two networks stand in every test database, so that a leak can show.

Tests start unbound, like any code. ``niedersachsen`` and ``bayern`` are the networks; ``in_niedersachsen``
binds the first for the length of a test. Connections are the owner's, but run as the app's role whenever a
network is bound and as the reading role for ALL, so row level security holds in every test.
"""

from __future__ import annotations

import gc
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.test.utils import setup_databases, teardown_databases

from dkbm.cms.domain.networks import create_network
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from dkbm.tenancy.hosts import forget_hosts, network_by_id, network_for_host
from tests.database import use_template

pytest_plugins = ("tests.e2e.fixtures",)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not walk through all of Django again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: Any,
    django_db_modify_db_settings: None,
) -> Iterator[None]:
    """The test database with two founded networks; ``--reuse-db`` keeps it between runs."""
    keep = request.config.getvalue("reuse_db") and not request.config.getvalue("create_db")
    with django_db_blocker.unblock(), bind_all("test database", as_owner=True):
        use_template()
        config = setup_databases(verbosity=0, interactive=False, keepdb=keep)
        for slug in ("niedersachsen", "bayern"):
            create_network(slug=slug, name=f"Transferagentur {slug.title()}", short_name=slug.title())
    yield
    if keep:
        return
    with django_db_blocker.unblock(), bind_all("test database", as_owner=True):
        teardown_databases(config, verbosity=0)


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
def committed_network(django_db_setup: None, django_db_blocker: Any) -> Iterator[BoundNetwork]:
    """A network of its own, without a surrounding transaction: for threads, locks and on-commit work.

    Rows stay behind until the test database goes; nobody else sees them.
    """
    slug = f"n{uuid.uuid4().hex[:10]}"
    with django_db_blocker.unblock():
        with bind_all("network of one test", as_owner=True):
            network = create_network(slug=slug, name=f"Netzwerk {slug}", short_name=slug)
        bound = network_by_id(network.pk)
        assert bound is not None
        yield bound
