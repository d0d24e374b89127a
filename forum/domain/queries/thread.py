"""Everything that the page of a topic shows to one person."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.paginator import Page, Paginator

from dkbm.core.decisions import Decision
from dkbm.core.number_ranges import NumberRanges, holds, merged, written
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.polls import ShownPoll, polls_of
from forum.domain.queries.topics import posts_on_page, related_topics
from forum.enums import POSTS_PER_PAGE
from forum.live import Cards, PostActions, PostRow, StateRow, cards_of, rows_of, state_rows
from forum.models import HelpfulMark, Post, Topic
from forum.rules import (
    is_own_text,
    is_possible_answer,
    may_close_topic,
    may_delete_post,
    may_delete_topic,
    may_find_helpful,
    may_mark_answer,
    may_start_poll,
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
    """``unread_from``: id of the post before which "new for you" stands, 0 without: to whoever opens the topic for the
    first time all is new. ``unread``: numbers of the page's posts that the person has not seen, as ``3-7,9``.
    ``may_act``: on others' posts. ``manage``: ``None`` for whoever may do nothing with the topic as a whole.
    """

    topic: Topic
    rows: list[PostRow]
    page: Page[int]
    unread_from: int
    unread: str
    state: StateRow
    manage: ManageRow | None
    may_act: bool
    gets_mails: bool
    related: list[Topic]
    polls: list[ShownPoll]
    may_poll: bool


def thread(topic: Topic, visitor: Visitor, page_number: str | None) -> Thread:
    """One page of the topic from ``topics.find_topic``; without a page the one where the person stopped reading."""
    pages = Paginator(range(topic.last_number), POSTS_PER_PAGE)
    page = pages.get_page(page_number or _page_to_open(topic))
    posts = posts_on_page(topic, page.number, POSTS_PER_PAGE, visitor)
    cards = cards_of([*posts, topic.solved_post])
    new = [post for post in posts if holds(_unread(topic), post.number)]
    return Thread(
        topic=topic,
        rows=post_rows(topic, posts, visitor, cards),
        page=page,
        unread_from=new[0].pk if new and topic.shown else 0,  # type: ignore[attr-defined]
        unread=written(merged(range(post.number, post.number + 1) for post in new)),
        state=state_rows(topic, [topic], cards)[0],
        manage=manage_rows(topic, [topic], visitor)[0],
        may_act=_may_act(visitor, topic),
        gets_mails=topic.wrote if topic.wants_mails is None else topic.wants_mails,  # type: ignore[attr-defined]
        related=related_topics(topic, visitor),
        polls=polls_of(topic, visitor),
        may_poll=bool(may_start_poll(visitor, topic)),
    )


def manage_rows(topic: Topic, things: list[Topic], visitor: Visitor) -> list[ManageRow | None]:
    """The one row of the panel."""
    may_close, may_delete = may_close_topic(visitor, topic), may_delete_topic(visitor, topic)
    return [ManageRow(topic, may_close, may_delete) if may_close or may_delete else None]


def post_rows(topic: Topic, posts: list[Post], visitor: Visitor, cards: Cards | None = None) -> list[PostRow]:
    """Rows with what this person may do with each post; whoever may change one may do so once the topic is open."""
    may_mark, may_write = bool(may_mark_answer(visitor, topic)), bool(may_write_in_space(visitor, topic.space))
    for post in posts:
        post.topic = topic
    found = _found_helpful(posts, visitor)
    return [
        replace(
            row,
            finds_helpful=row.post.pk in found if may_write and may_find_helpful(visitor, row.post) else None,
            actions=PostActions(
                edit=may_write and bool(is_own_text(visitor, row.post)),
                delete=bool(may_delete_post(visitor, row.post)),
                mark=may_mark and not row.is_answer and bool(is_possible_answer(topic, row.post)),
                unmark=may_mark and row.is_answer,
            ),
        )
        for row in rows_of(topic, posts, cards)
    ]


def _found_helpful(posts: list[Post], visitor: Visitor) -> set[int]:
    """Ids of those that the person finds helpful; no query for a page, whose posts know it, nor for unmarked ones."""
    known = {post.pk for post in posts if getattr(post, "found_helpful", False)}
    asked = [post.pk for post in posts if post.helpful_count and not hasattr(post, "found_helpful")]
    if not asked:
        return known
    marks = HelpfulMark.objects.filter(post__in=asked, person_id=visitor.person_id)
    return known | set(marks.values_list("post_id", flat=True))


def _may_act(visitor: Visitor, topic: Topic) -> bool:
    """Whether posts of others have buttons for this person."""
    return visitor.is_manager or bool(may_mark_answer(visitor, topic))


def _page_to_open(topic: Topic) -> int:
    """Where the news begin, else where the person has stopped; the first page for whoever comes for the first time."""
    shown = topic.shown  # type: ignore[attr-defined]
    if not shown:
        return 1
    unread = _unread(topic)
    return ((unread[0].start if unread else shown) - 1) // POSTS_PER_PAGE + 1


def _unread(topic: Topic) -> NumberRanges:
    return topic.unread or ()  # type: ignore[attr-defined]
