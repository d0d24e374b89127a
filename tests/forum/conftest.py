"""People and spaces of the forum tests. Hooks after a commit run where a test says so."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from forum import live
from forum.models import Space, Topic
from tests.factories.forum import make_space, make_topic
from tests.factories.groups import join_group
from tests.factories.people import make_person
from tests.forum.live_scene import ClientOf


@pytest.fixture
def asker(in_niedersachsen: BoundNetwork) -> Person:
    return make_person("Anna Verden")


@pytest.fixture
def helper(in_niedersachsen: BoundNetwork) -> Person:
    return make_person("Bernd Oldenburg")


@pytest.fixture
def stranger(in_niedersachsen: BoundNetwork) -> Person:
    """A member of the network, in no group."""
    return make_person("Clara Osterholz")


@pytest.fixture
def manager(in_niedersachsen: BoundNetwork) -> Person:
    return make_person("Doris Leitung", roles=("manager",))


@pytest.fixture
def space(asker: Person, helper: Person) -> Space:
    """The space of an AG with asker and helper."""
    return make_space(asker, helper, slug="ag1", number=1)


@pytest.fixture
def topic(space: Space, asker: Person) -> Topic:
    """A question of asker in the AG's space."""
    return make_topic(asker, space=space, is_question=True)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """Every message that left, as the browser gets it."""
    messages: list[dict[str, Any]] = []

    def keep(group: str, message: dict[str, Any]) -> None:
        messages.append(json.loads(json.dumps(message)))

    monkeypatch.setattr(live, "broadcast_on_commit", keep)
    return messages


@pytest.fixture
def reader(in_niedersachsen: BoundNetwork, client_of: ClientOf, space: Space) -> Client:
    """Somebody without a post and without rights on others' posts."""
    person = make_person("Liest Nur")
    join_group(space.workgroup, person)
    return client_of(in_niedersachsen, person)
