"""Whatever happens in a topic, and whatever a reader misses of it: what they have caught up on is the fresh page."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from dkbm.accounts.models import Person
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.visitor import Visitor, visitor_of
from forum.domain.helpful import set_helpful
from forum.domain.polls import PollData, start_poll, vote
from forum.domain.posts import delete_post, edit_post
from forum.domain.queries import parts
from forum.domain.topics import close_topic, mark_answer, reopen_topic
from forum.errors import ForumRefusal
from forum.models import Post, Topic
from tests.factories.forum import answer, make_topic
from tests.factories.groups import join_group
from tests.forum.live_scene import ClientOf
from tests.forum.reader import Reader

MOST_POSTS = 40
"""One page holds them all."""
MOST_TRIES = 50


class History:
    """A topic in which things happen by chance, and what was sent of them."""

    def __init__(self, topic: Topic, people: list[Person], sent: list[dict[str, Any]], rng: Random) -> None:
        self.topic, self.people, self.sent, self.rng = topic, people, sent, rng
        data = PollData("Wo?", ["Hier", "Dort", "Weder noch"])
        self.poll = start_poll(topic=topic, visitor=visitor_of(people[0]), data=data)

    def go_on(self, capture: Any) -> None:
        """One change that readers see; what is refused or changes nothing does not count."""
        often = [self.reply, self.mark, self.vote, self.find_helpful]
        seldom = [self.edit, self.delete, self.unmark, self.close, self.reopen]
        before = len(self.sent)
        for _try in range(MOST_TRIES):
            change = self.rng.choice([*often * 3, *seldom])
            with contextlib.suppress(ForumRefusal), capture(execute=True):
                change(visitor_of(self.rng.choice(self.people)))
            if len(self.sent) > before:
                return
        raise AssertionError("Nothing changes any more.")

    def some_post(self) -> Post:
        return self.rng.choice(list(self.topic.posts.select_related("topic__space__workgroup")))

    def reply(self, visitor: Visitor) -> None:
        if self.topic.posts.count() >= MOST_POSTS:
            raise ForumRefusal("Die Seite ist voll.")
        answer(self.topic, visitor.person, f"Antwort {self.rng.random()}")

    def edit(self, visitor: Visitor) -> None:
        edit_post(post=self.some_post(), visitor=visitor, text=f"Geändert {self.rng.random()}")

    def delete(self, visitor: Visitor) -> None:
        if self.topic.posts.filter(deleted__isnull=True).count() == 1:
            raise ForumRefusal("Mit dem letzten Beitrag ginge das Thema.")
        delete_post(post=self.some_post(), visitor=visitor, reason="Steht schon da.")

    def vote(self, visitor: Visitor) -> None:
        vote(poll=self.poll, visitor=visitor, choices=[self.rng.randrange(3)])

    def find_helpful(self, visitor: Visitor) -> None:
        set_helpful(post=self.some_post(), visitor=visitor, wanted=self.rng.random() < 0.7)

    def mark(self, visitor: Visitor) -> None:
        mark_answer(topic=self.topic, post=self.some_post(), visitor=visitor)

    def unmark(self, visitor: Visitor) -> None:
        mark_answer(topic=self.topic, post=None, visitor=visitor)

    def close(self, visitor: Visitor) -> None:
        close_topic(topic=self.topic, visitor=visitor)

    def reopen(self, visitor: Visitor) -> None:
        reopen_topic(topic=self.topic, visitor=visitor)


class Away:
    """A reader to whom messages come late, twice, in disorder or not at all, or each at once."""

    def __init__(self, page: Reader, heard: int, rng: Random) -> None:
        self.page, self.rng = page, rng
        self.heard = heard
        self.loses = rng.choice([0.0, 0.0, 0.2, 0.9])

    def listen(self, sent: list[dict[str, Any]]) -> None:
        new, self.heard = sent[self.heard :], len(sent)
        if self.loses:
            new += [self.rng.choice(sent) for _time in range(2) if sent]
            self.rng.shuffle(new)
        for message in new:
            if self.rng.random() >= self.loses:
                self.page.hear(message)


@pytest.fixture
def play(
    in_niedersachsen: BoundNetwork,
    client_of: ClientOf,
    asker: Person,
    helper: Person,
    manager: Person,
    space: Any,
    reader: Any,
    sent: list[dict[str, Any]],
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Random, int], None]:
    """``play(rng, changes)``: a history of a new question with so many changes."""
    monkeypatch.setattr(parts, "MISSED_AT_ONCE", 4)  # what one change has at most, so that catching up is cut often
    join_group(space.workgroup, manager)
    clients = [reader, *(client_of(in_niedersachsen, person) for person in (asker, manager))]

    def run(rng: Random, changes: int) -> None:
        sent.clear()
        topic = make_topic(asker, space=space, is_question=True)
        history = History(topic, [asker, asker, helper, manager], sent, rng)
        away: list[Away] = []
        for number in range(changes):
            if number % 4 == 0:
                away.append(Away(Reader(rng.choice(clients), topic), len(sent), rng))
            history.go_on(django_capture_on_commit_callbacks)
            for each in [rng.choice(away), *(each for each in away if not each.loses)]:
                each.listen(sent)
        fresh = {client: Reader(client, topic).parts for client in clients}
        for each in away:
            each.listen(sent)
            each.page.fetch()
            assert each.page.parts == fresh[each.page.client]

    return run


def test_readers_who_miss_messages_catch_up(rng: Random, play: Callable[[Random, int], None]) -> None:
    for _history in range(2):
        play(rng, 20)


@pytest.mark.long
def test_many_readers_of_many_histories_catch_up(rng: Random, play: Callable[[Random, int], None]) -> None:
    for _history in range(12):
        play(rng, 50)
