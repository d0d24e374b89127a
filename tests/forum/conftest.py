"""People and spaces of the forum tests. Hooks after a commit run where a test says so."""

from __future__ import annotations

import pytest

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from forum.models import Space, Topic
from tests.factories.forum import make_space, make_topic
from tests.factories.people import make_person


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
