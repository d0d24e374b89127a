"""The two worlds, built once for a worker and left in its test database; nobody else sees their networks."""

from __future__ import annotations

import logging
import random
import uuid
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

import pytest
from django.template import Template

from tests.access import world_of_accounts, world_of_apps, world_of_cms, world_of_events  # noqa: F401 - register builders
from tests.access.urls import Pattern, network_patterns
from tests.access.walk import fill_caches
from tests.access.worlds import FOREIGN, FOREIGN_IDS_FROM, OWN, OWN_IDS_FROM, Worlds, build_world, start_ids


@pytest.fixture(autouse=True)
def _say_nothing_of_refusals() -> Iterator[None]:
    """The walks are refused thousands of times; a line of the log for each would cost more than some of the pages."""
    requests = logging.getLogger("django.request")
    before = requests.level
    requests.setLevel(logging.ERROR)
    yield
    requests.setLevel(before)


@pytest.fixture
def plain_rendering(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's test client copies the context of every template that is rendered; the walks look at none of them."""
    monkeypatch.setattr(Template, "_render", lambda self, context: self.nodelist.render(context))


@pytest.fixture(scope="session")
def worlds(pytestconfig: pytest.Config, django_db_setup: None, django_db_blocker: Any) -> Iterator[Worlds]:
    """Whatever the product keeps in memory or cache has been filled by the foreign one when the own one asks."""
    run = uuid.uuid4().hex[:6]
    with django_db_blocker.unblock():
        start_ids(OWN_IDS_FROM)
        own = build_world(f"eigen-{run}", OWN)
        start_ids(FOREIGN_IDS_FROM)
        foreign = build_world(f"fremd-{run}", FOREIGN)
        fill_caches(foreign, chosen_patterns(pytestconfig))
        yield Worlds(own, foreign)


def chosen_patterns(config: pytest.Config) -> list[Pattern]:
    wanted = config.getoption("addresses") or ["*"]
    found = [pattern for pattern in network_patterns() if any(fnmatch(pattern.name, name) for name in wanted)]
    assert found, f"no address is called {wanted}"
    return found


@pytest.fixture
def patterns(pytestconfig: pytest.Config) -> list[Pattern]:
    """What the walks ask: every address of a network, or those of ``--addresses``."""
    return chosen_patterns(pytestconfig)


@pytest.fixture
def shuffled(patterns: list[Pattern], rng: random.Random) -> list[Pattern]:
    """The same in a random order."""
    return rng.sample(patterns, len(patterns))
