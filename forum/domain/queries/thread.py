"""Everything that the page of a topic shows to one person."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator

from dkbm.core.decisions import Decision
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.topics import posts_on_page, related_topics
from forum.enums import POSTS_PER_PAGE
from forum.live import PostActions, PostRow, StateRow, rows_of, state_rows
from forum.models import Post, Topic
from forum.rules import (
    is_own_text,
    is_possible_answer,
    may_close_topic,
    may_delete_post,
    may_delete_topic,
    may_mark_answer,
    may_write_in_space,
)


@dataclass(frozen=True)
class ManageRow:
    """What the visitor may do with the topic as a whole."""

    topic: Topic
    may_close: Decision
    may_delete: Decision


@dataclass(frozen=True)
class Thread:
    """``unread_from``: id of the post before which "new for you" stands, 0 without. ``may_act``: on others' posts.

    ``manage``: ``None`` for whoever may do nothing with the topic as a whole.
    """

    topic: Topic
    rows: list[PostRow]
    page: Page[int]
    unread_from: int
    newest_shown: int
    state: StateRow
    manage: ManageRow | None
    may_act: bool
    gets_mails: bool
    related: list[Topic]

    @property
    def has_news(self) -> bool:
        """Whether the person was shown something that they had not seen before."""
        return self.newest_shown > int(self.topic.last_read_id)  # type: ignore[attr-defined]


def thread(topic: Topic, visitor: Visitor, page_number: str | None) -> Thread:
    """One page of the topic from ``topics.find_topic``; without a page the one where the person stopped reading."""
    pages = Paginator(range(topic.last_number), POSTS_PER_PAGE)
    page = pages.get_page(page_number or _page_to_open(topic))
    posts = posts_on_page(topic, page.number, POSTS_PER_PAGE)
    return Thread(
        topic=topic,
        rows=post_rows(topic, posts, visitor),
        page=page,
        unread_from=_unread_from(posts, topic, visitor),
        newest_shown=posts[-1].pk if posts else 0,
        state=state_rows(topic, [topic])[0],
        manage=manage_rows(topic, [topic], visitor)[0],
        may_act=_may_act(visitor, topic),
        gets_mails=topic.wrote if topic.wants_mails is None else topic.wants_mails,  # type: ignore[attr-defined]
        related=related_topics(topic, visitor),
    )


def manage_rows(topic: Topic, things: list[Topic], visitor: Visitor) -> list[ManageRow | None]:
    """The one row of the panel."""
    may_close, may_delete = may_close_topic(visitor, topic), may_delete_topic(visitor, topic)
    return [ManageRow(topic, may_close, may_delete) if may_close or may_delete else None]


def post_rows(topic: Topic, posts: list[Post], visitor: Visitor) -> list[PostRow]:
    """Rows with what this person may do with each post; whoever may change one may do so once the topic is open."""
    may_mark, may_write = bool(may_mark_answer(visitor, topic)), bool(may_write_in_space(visitor, topic.space))
    for post in posts:
        post.topic = topic
    return [
        replace(
            row,
            actions=PostActions(
                edit=may_write and bool(is_own_text(visitor, row.post)),
                delete=bool(may_delete_post(visitor, row.post)),
                mark=may_mark and not row.is_answer and bool(is_possible_answer(topic, row.post)),
                unmark=may_mark and row.is_answer,
            ),
        )
        for row in rows_of(topic, posts)
    ]


def _may_act(visitor: Visitor, topic: Topic) -> bool:
    """Whether posts of others have buttons for this person."""
    return visitor.is_manager or bool(may_mark_answer(visitor, topic))


def _page_to_open(topic: Topic) -> int:
    last_read_id = topic.last_read_id  # type: ignore[attr-defined]
    if topic.last_number <= POSTS_PER_PAGE or not last_read_id:
        return 1
    seen = topic.posts.filter(pk__lte=last_read_id).count()
    return int(min(seen, topic.last_number - 1) // POSTS_PER_PAGE + 1)


def _unread_from(posts: list[Post], topic: Topic, visitor: Visitor) -> int:
    """Nothing to mark for somebody who opens the topic for the first time: everything is new."""
    last_read_id = topic.last_read_id  # type: ignore[attr-defined]
    if not last_read_id:
        return 0
    new = (
        post.pk for post in posts if post.pk > last_read_id and post.author_id != visitor.person_id and not post.deleted
    )
    return next(new, 0)
