"""What readers of a topic hear over the socket, and who may listen.

A post is rendered once for all readers, so its HTML holds nothing that differs between them. Each message carries
the ``revision`` that the topic has after it; a reader who misses one fetches everything since (``changed_since``).
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from channels.db import database_sync_to_async
from django.template.loader import render_to_string

from dkbm.accounts.domain.queries.people import PersonCard, profiles_for
from dkbm.live.broadcast import broadcast_on_commit
from dkbm.live.groups import group
from dkbm.tenancy.visitor import Visitor

from .models import Post, Topic
from .rules import accepts_answers, may_read_space

TOPIC = "topic"
"""Prefix of a topic's channel, to which pages subscribe: ``topic:17``."""


@dataclass(frozen=True)
class PostActions:
    """What one reader may do with one post."""

    edit: bool = False
    delete: bool = False
    mark: bool = False
    unmark: bool = False

    def __bool__(self) -> bool:
        return self.edit or self.delete or self.mark or self.unmark


@dataclass(frozen=True)
class PostRow:
    """A post as ``forum/_post.html`` draws it.

    ``card``: ``None`` when the author's account is gone. ``open``: answers are possible, for all readers alike.
    ``actions``: never set in what is sent to all.
    """

    post: Post
    card: PersonCard | None
    is_answer: bool
    open: bool
    url: str
    actions: PostActions | None = None


def rows_of(posts: list[Post], topic: Topic) -> list[PostRow]:
    """Rows of posts of one topic (with ``space`` loaded), one query for all authors."""
    cards = profiles_for({post.author_id for post in posts if post.author_id})
    url, is_open = topic.get_absolute_url(), accepts_answers(topic)
    return [PostRow(post, _card(cards, post), topic.solved_post_id == post.pk, is_open, url) for post in posts]


def _card(cards: dict[UUID, PersonCard], post: Post) -> PersonCard | None:
    return cards.get(post.author_id) if post.author_id else None


def render_post(row: PostRow) -> str:
    """The post as every reader sees it, without what only some may do."""
    return render_to_string("forum/_post.html", {"row": row}).strip()


def tell_posts(topic: Topic, posts: list[Post]) -> None:
    """Send posts of one topic, new or changed, to its readers. Call it after the commit.

    Message: ``{"type": "post", "id", "after", "revision", "html"}``; ``after`` is the id of the post before it, 0
    for the first.
    """
    numbers = {post.number - 1 for post in posts}
    before = dict(topic.posts.filter(number__in=numbers).values_list("number", "pk"))
    for row in rows_of(posts, topic):
        message = {
            "type": "post",
            "id": row.post.pk,
            "after": before.get(row.post.number - 1, 0),
            "revision": row.post.revision,
            "html": render_post(row),
        }
        broadcast_on_commit(group(TOPIC, topic.pk), message)


def tell_state(topic: Topic, sentence: str) -> None:
    """Send a sentence about the topic as a whole (closed, deleted): ``{"type": "topic", "text"}``."""
    broadcast_on_commit(group(TOPIC, topic.pk), {"type": "topic", "text": sentence})


async def may_subscribe(visitor: Visitor, topic_id: int) -> bool:
    """Whoever may read the topic's space may listen, as long as that is so."""
    return await database_sync_to_async(_may_read)(visitor, topic_id)


def _may_read(visitor: Visitor, topic_id: int) -> bool:
    topic = Topic.objects.select_related("space__workgroup").filter(pk=topic_id, deleted__isnull=True).first()
    return topic is not None and bool(may_read_space(visitor, topic.space))
