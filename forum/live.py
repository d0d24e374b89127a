"""What readers of a topic hear over the socket and do over it, and who may listen.

A part is rendered once for all readers, so its HTML holds nothing that differs between them. One change is one message
with all its parts and the ``revision`` that the topic has after it; a reader who misses one fetches what changed since.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from channels.db import database_sync_to_async
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dkbm.accounts.domain.queries.people import PersonCard, profiles_for
from dkbm.cms.models import NetworkTag
from dkbm.core.faces import NOBODY, Face
from dkbm.core.markdown import NAMED
from dkbm.live.broadcast import broadcast_on_commit
from dkbm.live.groups import group
from dkbm.tenancy.kept_queries import Given, KeptQuery
from dkbm.tenancy.visitor import Visitor
from workgroups.rules import remember_groups_of

from .enums import MISSED_AT_ONCE
from .errors import ForumRefusal
from .models import Post, Topic
from .parts import Part, registered_parts
from .parts import act as act_on_part
from .rules import may_read_space, takes_answers

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

    ``card``: ``None`` when the author's account is gone. ``open``: the space takes answers, for all readers alike.
    ``text``: safe HTML; of those whom it names only who is a member today has a link.
    While the topic is closed, the page hides what leads to them, so that closing changes no post.
    ``finds_helpful``: what the reader says, ``None`` for whoever cannot say it. This and ``actions`` are never set in
    what is sent to all.
    """

    post: Post
    card: PersonCard | None
    is_answer: bool
    open: bool
    url: str
    text: SafeString
    finds_helpful: bool | None = None
    actions: PostActions | None = None

    @property
    def face(self) -> Face:
        return self.card.face if self.card else NOBODY

    @property
    def takes_marks(self) -> bool:
        """Somebody may find it helpful."""
        return self.open and not self.post.deleted


Cards = dict[UUID, PersonCard]


def cards_of(posts: Iterable[Post | None]) -> Cards:
    """Who wrote them, and whom they name, in one query."""
    ids: set[UUID] = set()
    for post in posts:
        if post is not None:
            ids |= {*_named_in(post.shown), *([post.author_id] if post.author_id else [])}
    return profiles_for(ids)


_MENTION = re.compile(rf'<a\b[^>]*\bclass="{NAMED}"[^>]*>(.*?)</a>')
_PERSON = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _named_in(html: str) -> Iterator[UUID]:
    for link in _MENTION.finditer(html) if NAMED in html else ():
        if person := _PERSON.search(link[0]):
            yield UUID(person[0])


def _text_of(post: Post, cards: Cards) -> SafeString:
    """Who has left since is named, and leads nowhere."""

    def shown(link: re.Match[str]) -> str:
        person = _PERSON.search(link[0])
        card = cards.get(UUID(person[0])) if person else None
        return link[0] if person is None or (card and card.url) else link[1]

    return SafeString(_MENTION.sub(shown, post.shown)) if NAMED in post.shown else post.shown


def rows_of(topic: Topic, posts: list[Post], cards: Cards | None = None) -> list[PostRow]:
    """Rows of posts of one topic (with ``space`` loaded), one query for all authors where their cards are not given."""
    cards = cards_of(posts) if cards is None else cards
    url, is_open = topic.get_absolute_url(), takes_answers(topic.space)
    return [
        PostRow(post, _card(cards, post), topic.solved_post_id == post.pk, is_open, url, _text_of(post, cards))
        for post in posts
    ]


def _card(cards: Cards, post: Post) -> PersonCard | None:
    return cards.get(post.author_id) if post.author_id else None


@dataclass(frozen=True)
class StateRow:
    """What stands below a topic's title: its state, and the ``answer`` that helped with the ``card`` of its author."""

    topic: Topic
    answer: Post | None = None
    card: PersonCard | None = None

    @cached_property
    def tags(self) -> list[NetworkTag]:
        return list(self.topic.tags.all())


def state_rows(topic: Topic, things: list[Topic], cards: Cards | None = None) -> list[StateRow]:
    """The one row. With ``space``, ``solved_post`` and tags loaded one query for an answer whose card is not given."""
    answer = topic.solved_post
    if answer is None:
        return [StateRow(topic)]
    answer.topic = topic
    return [StateRow(topic, answer, _card(cards_of([answer]) if cards is None else cards, answer))]


def render(part: Part, row: Any) -> str:
    """The part as every reader sees it, without what only some may do."""
    return render_to_string(part.template, {"row": row}).strip()


def tell_change(topic_id: int, revision: int) -> None:
    """Send all parts of a topic that bear this revision to its readers. Call it after the commit.

    Message: ``{"type": "parts", "revision", "parts": [{"part": "post:17", "html"}]}``; a part without ``html`` differs
    from reader to reader, and whoever shows it has to fetch. What has changed again meanwhile comes with that change.
    """
    topic = find_topic(topic_id)
    if topic is None:
        return
    parts = [each for part in registered_parts() for each in _frames(part, topic, revision)]
    broadcast_on_commit(group(TOPIC, topic.pk), {"type": "parts", "revision": revision, "parts": parts})


def _frames(part: Part, topic: Topic, revision: int) -> list[dict[str, str]]:
    changed = part.changed_since(topic, revision - 1, MISSED_AT_ONCE)
    items = [item for item in changed if item.revision == revision]
    if part.rows is None or not items:
        return [{"part": part.name_of(item)} for item in items]
    rows = part.rows(topic, [item.thing for item in items])
    return [{"part": part.name_of(item), "html": render(part, row)} for item, row in zip(items, rows, strict=True)]


def tell_gone(topic: Topic) -> None:
    """Tell readers that the topic was deleted: ``{"type": "gone"}``."""
    broadcast_on_commit(group(TOPIC, topic.pk), {"type": "gone"})


def find_topic(topic_id: int) -> Topic | None:
    """The topic with all that its parts need; ``None`` when it is missing or deleted. Two queries."""
    topics = Topic.objects.select_related("space__workgroup__parent", "solved_post").prefetch_related("tags")
    return topics.filter(pk=topic_id, deleted__isnull=True).first()


_HEARD = KeptQuery(
    lambda: Topic.objects.select_related("space__workgroup").filter(pk__any=Given("ids"), deleted__isnull=True)
)


def may_hear(asked: Sequence[tuple[Visitor, int]]) -> list[bool]:
    """Whoever may read a topic's space may listen, as long as that is so. Two queries for all that are asked for."""
    ids = {topic_id for _visitor, topic_id in asked}
    topics = {topic.pk: topic for topic in _HEARD.all(ids=list(ids))}
    remember_groups_of(visitor for visitor, _topic_id in asked)
    found = ((visitor, topics.get(topic_id)) for visitor, topic_id in asked)
    return [topic is not None and bool(may_read_space(visitor, topic.space)) for visitor, topic in found]


async def act(visitor: Visitor, topic_id: int, do: str, values: Mapping[str, Any]) -> str:
    """What a reader does with a part of the topic, see ``parts.act``: a sentence for them.

    Raises :class:`ForumRefusal`.
    """
    return await database_sync_to_async(_act)(visitor, topic_id, do, values)


def _act(visitor: Visitor, topic_id: int, do: str, values: Mapping[str, Any]) -> str:
    topic = find_topic(topic_id)
    if topic is None:
        raise ForumRefusal(_("Dieses Thema wurde gelöscht."))
    return act_on_part(topic=topic, visitor=visitor, do=do, values=values).text
