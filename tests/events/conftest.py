"""Those who stand in one way or another to an AG with an event, and their browsers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.tenancy.context import BoundNetwork
from tests.events.group_scene import people


@pytest.fixture
def by_role(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> dict[str, Any]:
    return people(niedersachsen, bayern)


@pytest.fixture
def browser_of(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Callable[..., Client], by_role: dict[str, Any]
) -> Callable[[str], Client]:
    return lambda role: client_of(bayern if role == "foreign" else niedersachsen, by_role[role])
