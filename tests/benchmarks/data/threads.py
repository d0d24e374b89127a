"""Topics and posts in bulk, as ``forum.domain`` leaves them: numbers, revisions, counters, last posts, answers, tags.

Posts of all topics are written in the order of time, for so they lie on the disk of a real forum. Search entries and
read marks come afterwards (``network.fill``).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Subquery

from dkbm.accounts.models import Person
from dkbm.cms.models import NetworkTag
from dkbm.core.markdown import RENDERER
from forum.models import Post, Subscription, Topic, TopicTag
from forum.text import slug_of
from tests.benchmarks.data.groups import Room
from tests.benchmarks.data.words import Texts

SIZES = (1, 2, 3, 5, 8, 12, 20, 20, 30, 70)
"""Posts of ordinary topics, each as often as the others: 17 on average."""
LONG = 2_000
ONE_LONG_IN = 13_000
"""So many posts of a forum mean one topic of ``LONG``."""
BATCH = 5_000


class Threads:
    """Makes topics in ``rooms``; the first room, which is for all, gets a quarter of them and the long ones."""

    def __init__(
        self, rooms: Sequence[Room], texts: Texts, *, since: datetime, until: datetime, sizes: Sequence[int] = SIZES
    ) -> None:
        self._rooms, self._sizes = rooms, sizes
        self._texts = texts
        self._since, self._until = since, until
        self._source = random.Random(4)
        self._tags = list(NetworkTag.objects.order_by("pk"))

    def add(self, posts: int, *, long: int = LONG) -> None:
        """Topics with about this many posts in all, among them one of ``long`` for each ``ONE_LONG_IN`` posts."""
        sizes = [long] * -(-posts // ONE_LONG_IN)
        left = posts - sum(sizes)
        while left > 0:
            sizes.append(self._source.choice(self._sizes))
            left -= sizes[-1]
        threads = [self._thread(size, self._room(size == long)) for size in sizes]
        Topic.objects.bulk_create([topic for topic, _posts in threads], batch_size=BATCH)
        written = sorted((post for _topic, made in threads for post in made), key=lambda post: post.created)
        for start in range(0, len(written), BATCH):
            Post.objects.bulk_create(written[start : start + BATCH])
        self._finish([topic for topic, _posts in threads])

    def _room(self, is_long: bool) -> Room:
        if is_long or self._source.random() < 0.25:
            return self._rooms[0]
        return self._source.choice(self._rooms[1:])

    def _thread(self, size: int, room: Room) -> tuple[Topic, list[Post]]:
        space, writers = room
        times = list(self._times(size))
        title = self._texts.title()
        topic = Topic(space=space, title=title, author=self._source.choice(writers), created=times[0])
        # Unique without a look into the database.
        topic.slug = f"{slug_of(title)[:80]}-{self._source.getrandbits(64):x}"
        topic.is_question = self._source.random() < 0.4
        topic.last_post_at = times[-1]
        topic.post_count = topic.last_number = topic.revision = topic.state_revision = size
        posts = [self._post(topic, number, at, writers) for number, at in enumerate(times, start=1)]
        posts[0].author = topic.author
        return topic, posts

    def _times(self, size: int) -> Iterator[datetime]:
        """Ascending, over up to half a year from somewhen."""
        whole = (self._until - self._since).total_seconds()
        start = self._source.random() * whole
        length = min(whole - start, timedelta(days=180).total_seconds() * self._source.random())
        for share in sorted(self._source.random() for _ in range(size)):
            yield self._since + timedelta(seconds=start + share * length)

    def _post(self, topic: Topic, number: int, at: datetime, writers: Sequence[Person]) -> Post:
        text, plain, html = self._texts.post()
        post = Post(topic=topic, number=number, author=self._source.choice(writers), created=at, revision=number)
        post.html_version = RENDERER
        if 1 < number < topic.last_number and self._source.random() < 0.01:
            post.deleted, post.deleted_by = at + timedelta(hours=1), post.author
            topic.post_count -= 1
            topic.revision += 1
            post.revision = topic.state_revision = topic.revision
        else:
            post.text, post.plain, post.html = text, plain, html
        return post

    def _finish(self, topics: list[Topic]) -> None:
        """What needs the keys of the posts."""
        made = Topic.objects.filter(last_post=None)
        answers = Post.objects.filter(topic=OuterRef("pk"), number=2, deleted=None).values("pk")
        made.annotate(fifth=F("pk") % 5).filter(is_question=True, fifth=0).update(solved_post=Subquery(answers))
        newest = Post.objects.filter(topic=OuterRef("pk"), number=OuterRef("last_number")).values("pk")
        made.update(last_post=Subquery(newest))
        TopicTag.objects.bulk_create(
            [
                TopicTag(topic=topic, tag=tag)
                for topic in topics
                for tag in self._source.sample(self._tags, self._source.randint(0, 3))
            ],
            batch_size=BATCH,
        )
        Subscription.objects.bulk_create(
            [Subscription(person=topic.author, topic=topic, wanted=True) for topic in topics[::50]]
        )
