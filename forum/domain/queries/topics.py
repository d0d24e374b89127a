"""Reads for lists of topics and for one topic."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from dkbm.accounts.domain.queries.people import PersonCard, profiles_for
from dkbm.cms.models import NetworkTag
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.unread import (
    last_read,
    spaces_readable_by,
    spaces_with_unread,
    with_unread,
)
from forum.enums import TopicFilter, TopicOrder
from forum.models import Post, Space, Topic


@dataclass(frozen=True)
class TopicRow:
    """A topic in a list: who wrote last. ``card``: ``None`` when that account is gone."""

    topic: Topic
    card: PersonCard | None

    @property
    def unread(self) -> int:
        return int(getattr(self.topic, "unread", 0))

    @property
    def was_answered(self) -> bool:
        return self.topic.post_count > 1


@dataclass(frozen=True)
class SpaceRow:
    """A space in the list of spaces with its newest topic, if it has one."""

    space: Space
    newest: TopicRow | None

    @property
    def unread(self) -> int:
        return int(getattr(self.space, "unread", 0))


def rows_of_topics(topics: list[Topic]) -> list[TopicRow]:
    """Who wrote last in each topic (with ``last_post`` loaded), in one query."""
    authors = {topic.pk: topic.last_post.author_id if topic.last_post else topic.author_id for topic in topics}
    cards = profiles_for({author for author in authors.values() if author})
    return [TopicRow(topic, cards.get(author) if (author := authors[topic.pk]) else None) for topic in topics]


def space_list(visitor: Visitor) -> list[SpaceRow]:
    """Spaces that the person may read: the one for all first, then groups by number and name. Three queries."""
    readable = spaces_readable_by(visitor).select_related("workgroup__parent")
    spaces = list(spaces_with_unread(readable, visitor).order_by())
    newest = Topic.objects.select_related("last_post").filter(pk__in=[space.newest_topic_id for space in spaces])  # type: ignore[attr-defined]
    rows = {row.topic.space_id: row for row in rows_of_topics(list(newest))}
    for space in spaces:
        if row := rows.get(space.pk):
            row.topic.space = space
    return [SpaceRow(space, rows.get(space.pk)) for space in sorted(spaces, key=_space_order)]


def _space_order(space: Space) -> tuple[bool, bool, bool, int, str]:
    """Sub-groups follow their AG; closed groups come last."""
    group = space.workgroup
    if group is None:
        return (False, False, False, 0, "")
    ag = group.parent or group
    return (True, not group.is_open, ag.number is None, ag.number or 0, f"{ag.sort_name}/{group.parent_id or 0}")


def topic_list(
    *,
    space: Space,
    visitor: Visitor,
    show: TopicFilter = TopicFilter.ALL,
    order: TopicOrder = TopicOrder.UNREAD,
    tag: NetworkTag | None = None,
) -> QuerySet[Topic]:
    """Topics of one readable space with ``unread``; their tags come along."""
    topics: QuerySet[Topic] = space.topics.filter(deleted__isnull=True)
    if tag is not None:
        topics = topics.filter(topic_tags__tag=tag)
    if show == TopicFilter.UNANSWERED:
        topics = topics.filter(is_question=True, post_count__lt=2, closed__isnull=True)
    elif show == TopicFilter.MINE:
        mine = Post.objects.filter(topic=OuterRef("pk"), author_id=visitor.person_id, deleted__isnull=True)
        topics = topics.filter(Q(author_id=visitor.person_id) | Exists(mine))
    topics = with_unread(topics, visitor).select_related("last_post").prefetch_related("tags")
    if order == TopicOrder.LAST_POST:
        return topics.order_by("-last_post_at", "-pk")
    is_new = Case(When(unread__gt=0, then=Value(True)), default=Value(False), output_field=BooleanField())
    return topics.annotate(is_new=is_new).order_by("-is_new", "-last_post_at", "-pk")


def news_in_groups(visitor: Visitor, limit: int = 6) -> list[TopicRow]:
    """Topics with news over all readable spaces, the latest first. Two queries."""
    spaces = spaces_readable_by(visitor).order_by().values("pk")
    topics = Topic.objects.filter(deleted__isnull=True, space__in=spaces)
    topics = with_unread(topics, visitor).filter(unread__gt=0)  # type: ignore[misc]
    topics = topics.select_related("space__workgroup__parent", "last_post").order_by("-last_post_at", "-pk")
    return rows_of_topics(list(topics[:limit]))


def find_topic(space: Space, topic_id: int, visitor: Visitor) -> Topic | None:
    """The topic with ``last_read_id`` and ``wants_mails`` of the person, deleted ones too; ``None`` when missing."""
    topics = last_read(Topic.objects.filter(space=space, pk=topic_id), visitor)
    topic = topics.select_related("author", "solved_post").prefetch_related("tags").first()
    if topic is not None:
        topic.space = space
    return topic


def related_topics(topic: Topic, visitor: Visitor, limit: int = 4) -> list[Topic]:
    """Other topics with a common tag that the person may read, the latest first."""
    tags = [tag.pk for tag in topic.tags.all()]
    if not tags:
        return []
    shared = Topic.tags.through.objects.filter(topic=OuterRef("pk"), tag__in=tags)
    spaces = spaces_readable_by(visitor).order_by().values("pk")
    found = Topic.objects.filter(Exists(shared), deleted__isnull=True, space__in=spaces).exclude(pk=topic.pk)
    return list(found.select_related("space__workgroup__parent").order_by("-last_post_at")[:limit])


def posts_on_page(topic: Topic, page: int, size: int) -> list[Post]:
    """Posts of one page (from 1), deleted ones too: they keep their place."""
    first = (page - 1) * size
    return list(topic.posts.filter(number__gt=first, number__lte=first + size).order_by("number"))
