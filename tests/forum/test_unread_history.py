"""Whatever people write, read, delete, join and leave: what is kept as unread is what a recount finds."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from random import Random
from uuid import UUID

import pytest
from django.db import connection

from dkbm.accounts.models import Person
from dkbm.core.number_ranges import NumberRanges
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import visitor_of
from forum.domain.posts import delete_post
from forum.domain.queries.home import home_topics
from forum.domain.queries.lists import Choice, topic_page
from forum.domain.queries.topics import space_list
from forum.domain.queries.unread import news_of, unread_count
from forum.domain.reading import mark_all_read, mark_read
from forum.domain.spaces import ensure_spaces, network_space
from forum.errors import ForumRefusal
from forum.models import Post, Space, Topic
from forum.rules import may_read_space
from tests.factories.forum import answer, make_space, make_topic
from tests.factories.groups import join_group
from tests.factories.people import make_person
from workgroups.models import GroupMembership

Unread = dict[UUID, set[tuple[int, int]]]
"""Person -> posts that they have left to read, each as topic and number."""
STEPS = 25


def numbers_of(ranges: NumberRanges) -> set[int]:
    return {number for each in ranges for number in each}


class History:
    """Two spaces in which things happen by chance; ``unread`` is counted by hand beside it."""

    def __init__(self, rng: Random) -> None:
        self.rng = rng
        self.people = [make_person(f"Person {number}") for number in range(3)]
        self.people.append(make_person("Doris Leitung", roles=("manager",)))
        self.spaces = [network_space(), make_space(self.people[0])]
        self.unread: Unread = defaultdict(set)

    def go_on(self) -> None:
        often, seldom = (
            [self.reply, self.read],
            [self.begin, self.delete, self.mark_all, self.join, self.leave, self.load],
        )
        with contextlib.suppress(ForumRefusal):
            self.rng.choice([*often * 3, *seldom])(self.rng.choice(self.people))

    def readers(self, space: Space) -> list[Person]:
        return [person for person in self.people if may_read_space(visitor_of(person), space)]

    def some_topic(self) -> Topic | None:
        topics = list(Topic.objects.filter(deleted__isnull=True).select_related("space__workgroup").order_by("pk"))
        return self.rng.choice(topics) if topics else None

    def begin(self, person: Person, announce: bool = True) -> None:
        space = self.rng.choice(self.spaces)
        if person in self.readers(space):
            topic = make_topic(person, space=space, announce=announce)
            self._written(topic.posts.get(), announce)

    def reply(self, person: Person, announce: bool = True) -> None:
        if topic := self.some_topic():
            self._written(answer(topic, person, f"Antwort {self.rng.random()}", announce=announce), announce)

    def load(self, person: Person) -> None:
        """As an import does: nobody's news."""
        self.rng.choice([self.begin, self.reply])(person, announce=False)

    def _written(self, post: Post, announce: bool) -> None:
        for reader in self.readers(post.topic.space) if announce else []:
            if reader != post.author:
                self.unread[reader.pk].add((post.topic_id, post.number))

    def delete(self, person: Person) -> None:
        posts = Post.objects.filter(deleted__isnull=True).select_related("topic__space__workgroup")
        if posts:
            post = self.rng.choice(list(posts.order_by("pk")))
            delete_post(post=post, visitor=visitor_of(person), reason="Steht schon da.")
            for news in self.unread.values():
                news.discard((post.topic_id, post.number))

    def read(self, person: Person) -> None:
        """Somewhere in a topic, in whatever order, some of it for the second time."""
        topic = self.some_topic()
        if topic and person in self.readers(topic.space):
            first = self.rng.randint(1, topic.last_number)
            numbers = range(first, self.rng.randint(first, topic.last_number) + 1)
            mark_read(visitor=visitor_of(person), topic=topic, numbers=(numbers,))
            self.unread[person.pk] -= {(topic.pk, number) for number in numbers}

    def mark_all(self, person: Person) -> None:
        mark_all_read(visitor=visitor_of(person))
        self.unread[person.pk] = self.unread[person.pk] - self.shown(person)

    def join(self, person: Person) -> None:
        group = self.spaces[1].workgroup
        if not GroupMembership.objects.filter(workgroup=group, person=person).exists():
            join_group(group, person)

    def leave(self, person: Person) -> None:
        GroupMembership.objects.filter(workgroup=self.spaces[1].workgroup, person=person).delete()

    def shown(self, person: Person) -> set[tuple[int, int]]:
        """Of what is left to read, what the person may read today."""
        readable = [space.pk for space in self.spaces if person in self.readers(space)]
        topics = set(Topic.objects.filter(space__in=readable).values_list("pk", flat=True))
        return {(topic, number) for topic, number in self.unread[person.pk] if topic in topics}


def recounted(person: Person) -> set[tuple[int, int]]:
    return {(row.topic_id, number) for row in news_of(visitor_of(person)) for number in numbers_of(row.unread)}


def check(history: History) -> None:
    """Everything that says how much is new says the same, in every list."""
    for person in history.people:
        visitor, right = visitor_of(person), history.shown(person)
        assert recounted(person) == right
        assert unread_count(visitor) == len(right)
        by_topic = {topic: len([1 for each, _number in right if each == topic]) for topic, _number in right}
        assert {row.topic.pk: row.unread for row in home_topics(visitor, 100).news} == by_topic
        spaces = {row.space.pk: row.unread for row in space_list(visitor)[0]}
        assert sum(spaces.values()) == len(right)
        for space in [each for each in history.spaces if each.pk in spaces]:
            rows = {row.topic.pk: row.unread for row in topic_page(space, visitor, Choice()).rows if row.unread}
            assert sum(rows.values()) == spaces[space.pk]


def play(rng: Random) -> None:
    history = History(rng)
    ensure_spaces(visitor=visitor_of(history.people[-1]))
    for _step in range(STEPS):
        history.go_on()
    check(history)


def test_unread_equals_a_recount(in_niedersachsen: BoundNetwork, rng: Random) -> None:
    for _history in range(2):
        play(rng)


@pytest.mark.long
@pytest.mark.parametrize("number", range(2000))
def test_unread_equals_a_recount_in_many_histories(in_niedersachsen: BoundNetwork, rng: Random, number: int) -> None:
    play(rng)


class Crowd:
    """Three topics, in which several people write and read at once; what each has read is noted beside it."""

    def __init__(self, network: BoundNetwork) -> None:
        self.network = network
        with bind(network):
            self.readers = [make_person(f"Liest {number}") for number in range(3)]
            self.writers = [make_person(f"Schreibt {number}") for number in range(3)]
            self.topics = [make_topic(writer) for writer in self.writers]
        self.read: Unread = defaultdict(set)

    def run(self, job: Callable[[Person], None], person: Person) -> None:
        try:
            with bind(self.network):
                job(person)
        finally:
            connection.close()

    def write(self, person: Person) -> None:
        for number in range(12):
            answer(self.topics[number % len(self.topics)], person, f"Antwort {number}")

    def read_some(self, person: Person) -> None:
        for number in range(30):
            topic = Topic.objects.get(pk=self.topics[number % len(self.topics)].pk)
            there = range(max(1, topic.last_number - 1), topic.last_number + 1)
            mark_read(visitor=visitor_of(person), topic=topic, numbers=(there,))
            self.read[person.pk] |= {(topic.pk, each) for each in there}

    def read_all(self, person: Person) -> None:
        for _time in range(15):
            mark_all_read(visitor=visitor_of(person))

    def left(self, person: Person) -> set[tuple[int, int]]:
        posts = Post.objects.filter(topic__in=self.topics).exclude(author=person)
        return set(posts.values_list("topic_id", "number")) - self.read[person.pk]


def test_readers_and_writers_at_once_keep_it_exact(committed_network: BoundNetwork) -> None:
    crowd = Crowd(committed_network)
    some, other, thorough = crowd.readers
    with ThreadPoolExecutor(6) as pool:
        jobs = [pool.submit(crowd.run, crowd.write, writer) for writer in crowd.writers]
        jobs += [pool.submit(crowd.run, crowd.read_some, reader) for reader in (some, other)]
        jobs.append(pool.submit(crowd.run, crowd.read_all, thorough))
        for job in jobs:
            job.result()
    with bind(committed_network):
        for person in (some, other, *crowd.writers):
            assert crowd.left(person)
            assert recounted(person) == crowd.left(person)
        mark_all_read(visitor=visitor_of(thorough))
        assert recounted(thorough) == set()
