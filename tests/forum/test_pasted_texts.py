"""What people paste is shown as they meant it, mailed as they meant it, and found."""

from __future__ import annotations

import pytest

from dkbm.accounts.models import Person
from dkbm.search.domain.queries.entries import find
from dkbm.tenancy.visitor import visitor_of
from forum.models import Space
from forum.text import excerpt, normal_text
from tests.factories.forum import make_topic
from tests.forum.pasted_texts import PASTED, Pasted

ALL = [
    pytest.param(pasted, id=f"{source} {number}")
    for source, some in PASTED.items()
    for number, pasted in enumerate(some)
]


def test_there_are_many_of_them() -> None:
    assert len(ALL) >= 60


@pytest.mark.parametrize("pasted", ALL)
def test_it_is_mailed_as_it_was_meant(pasted: Pasted) -> None:
    assert excerpt(normal_text(pasted.text), 600) == pasted.mail


@pytest.mark.parametrize("pasted", ALL)
def test_it_is_shown_as_it_was_meant_and_found(asker: Person, space: Space, pasted: Pasted) -> None:
    topic = make_topic(asker, space=space, text=pasted.text)
    assert topic.posts.get().shown == pasted.html
    make_topic(asker, space=space, title="Etwas ganz anderes", text="Es geht um nichts davon.")
    for words in pasted.found_by:
        first = find(q=words, visitor=visitor_of(asker), type="topic")[0:1]
        assert [hit.title for hit in first] == [topic.title], words
