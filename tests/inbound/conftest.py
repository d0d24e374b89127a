"""The scene of a topic that is answered by mail."""

from __future__ import annotations

import pytest

from dkbm.tenancy.context import BoundNetwork
from tests.inbound.scene import Scene


@pytest.fixture
def scene(in_niedersachsen: BoundNetwork) -> Scene:
    return Scene()
