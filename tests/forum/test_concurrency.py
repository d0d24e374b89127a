"""Many at once, with real threads and commits."""

from __future__ import annotations

import uuid
from collections.abc import Callable

import pytest

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import publish_post
from forum.models import Post, Topic
from tests.factories.forum import make_topic
from tests.factories.people import make_person
from tests.forum.threads import at_once

WRITERS = 10


@pytest.fixture
def people(committed_network: BoundNetwork) -> list[Person]:
    with bind(committed_network):
        return [make_person(f"Person {number}") for number in range(WRITERS)]


@pytest.fixture
def topic(committed_network: BoundNetwork, people: list[Person]) -> Topic:
    with bind(committed_network):
        return make_topic(people[0])


def test_ten_replies_at_once_are_all_counted(
    committed_network: BoundNetwork, people: list[Person], topic: Topic
) -> None:
    def reply(person: Person) -> Callable[[], Post]:
        return lambda: publish_post(topic=topic, visitor=visitor_of(person), text=f"Antwort von {person}")

    posts = at_once(committed_network, [reply(person) for person in people])
    with bind(committed_network):
        topic.refresh_from_db()
        assert (topic.post_count, topic.last_number, topic.revision) == (1 + WRITERS, 1 + WRITERS, 1 + WRITERS)
        in_order = list(topic.posts.order_by("pk"))
        assert [post.number for post in in_order] == list(range(1, WRITERS + 2))
        assert [post.revision for post in in_order] == list(range(1, WRITERS + 2))
        assert topic.last_post == in_order[-1]
        assert {post.pk for post in posts} == {post.pk for post in in_order[1:]}


def test_form_sent_ten_times_at_once_writes_one_post(
    committed_network: BoundNetwork, people: list[Person], topic: Topic
) -> None:
    key = uuid.uuid4()

    def send() -> Post:
        return publish_post(topic=topic, visitor=visitor_of(people[1]), text="Einmal", client_key=key)

    posts = at_once(committed_network, [send] * WRITERS)
    with bind(committed_network):
        assert len({post.pk for post in posts}) == 1
        assert topic.posts.count() == 2
