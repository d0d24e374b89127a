"""The two worlds, built once for a worker and left in its test database; nobody else sees their networks."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from tests.access import world_of_accounts, world_of_apps, world_of_cms, world_of_events  # noqa: F401 - register builders
from tests.access.worlds import FOREIGN, FOREIGN_IDS_FROM, OWN, OWN_IDS_FROM, World, build_world, start_ids
from tests.live.conftest import redis_server  # noqa: F401 - a fixture


@dataclass(frozen=True)
class Worlds:
    own: World
    foreign: World


@pytest.fixture(scope="session")
def worlds(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Worlds]:
    run = uuid.uuid4().hex[:6]
    with django_db_blocker.unblock():
        start_ids(OWN_IDS_FROM)
        own = build_world(f"eigen-{run}", OWN)
        start_ids(FOREIGN_IDS_FROM)
        foreign = build_world(f"fremd-{run}", FOREIGN)
        yield Worlds(own, foreign)
