"""What the home page shows of the forum: read once, for several panels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import OuterRef, QuerySet

from dkbm.tenancy.kept_for_members import KeptForMembers
from dkbm.tenancy.kept_queries import Given
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.topics import ASKED, TopicRow, rows_of_topics, space_order
from forum.domain.queries.unread import (
    has_read,
    latest_over,
    open_questions,
    spaces_readable_by,
    still_asked,
    unread_by_space,
    with_latest,
    with_latest_news,
    with_open_questions,
    with_unread,
)
from forum.models import Space, Topic
from workgroups.domain.queries.overview import MyGroup

HOME = "forum.home"
NEWS, LIVELY = 6, 3
YOUNG = 9
"""Among so many that were written in last, those with answers come first."""


@dataclass(frozen=True)
class HomeTopics:
    """``news``: topics with news, the latest first. ``asked``: what others ask and nobody has answered.

    ``is_new_here``: came lately and has not opened a topic yet; ``lively``: for them, what was written in last.
    ``spaces``: id of each readable group's space.
    """

    news: list[TopicRow]
    asked: list[TopicRow]
    is_new_here: bool
    lively: list[TopicRow]
    spaces: dict[int, int]


def home_topics(visitor: Visitor, news: int = NEWS) -> HomeTopics:
    """Three queries a request, one more for whoever came lately."""
    return visitor.remembered((HOME, news), lambda: _read(visitor, news))


@lru_cache
def _kept_spaces(news: int, is_new_here: bool) -> KeptForMembers[Space]:
    def spaces(visitor: Visitor) -> QuerySet[Space]:
        readable = spaces_readable_by(visitor).select_related("workgroup__parent").order_by()
        found = with_open_questions(with_latest_news(readable, visitor, news), visitor, ASKED)
        return _with_lively(found) if is_new_here else found

    return KeptForMembers(spaces)


_TOPICS = KeptForMembers(
    lambda visitor: with_unread(Topic.objects.filter(pk__any=Given("ids")), visitor).select_related("last_post")
)


def _read(visitor: Visitor, news: int) -> HomeTopics:
    is_new_here = visitor.came_lately and not has_read(visitor)
    spaces = _kept_spaces(news, is_new_here).all(visitor, since=still_asked())
    found = sorted(spaces, key=space_order)
    lively = latest_over(found, "lively", YOUNG) if is_new_here else []
    chosen = (latest_over(found, "news", news), open_questions(found, ASKED), lively)
    rows = _rows(found, {pk for ids in chosen for pk in ids}, visitor)
    new, asked, young = ([rows[pk] for pk in ids if pk in rows] for ids in chosen)
    young.sort(key=lambda row: not row.was_answered)
    by_group = {space.workgroup_id: space.pk for space in found if space.workgroup_id}
    return HomeTopics(new, asked, is_new_here, young[:LIVELY], by_group)


@dataclass(frozen=True)
class GroupTile:
    """A group of the visitor; ``unread``: posts that are news there."""

    line: MyGroup
    unread: int


def group_tiles(groups: list[MyGroup], visitor: Visitor) -> list[GroupTile]:
    """No query besides those of the home page."""
    counts, home = unread_by_space(visitor), home_topics(visitor)
    return [GroupTile(line, counts.get(home.spaces.get(line.group.pk, 0), 0)) for line in groups]


def _with_lively(spaces: QuerySet[Space]) -> QuerySet[Space]:
    topics = Topic.objects.filter(space=OuterRef("pk"), deleted__isnull=True).order_by("-last_post_at", "-pk")[:YOUNG]
    return with_latest(spaces, "lively", topics, topic="pk", moment="last_post_at")


def _rows(spaces: list[Space], topic_ids: set[int], visitor: Visitor) -> dict[int, TopicRow]:
    by_id = {space.pk: space for space in spaces}
    found = _TOPICS.all(visitor, ids=list(topic_ids)) if topic_ids else []
    for topic in found:
        topic.space = by_id[topic.space_id]
    return {row.topic.pk: row for row in rows_of_topics(found)}
