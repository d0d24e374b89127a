from __future__ import annotations

import pytest

from dkbm.tenancy.context import BoundNetwork
from tests.factories.catalogue import load_vocabulary


@pytest.fixture
def vocabulary(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    load_vocabulary()
