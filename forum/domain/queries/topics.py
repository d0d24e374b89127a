"""Reads for lists of topics and for one topic."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, QuerySet

from dkbm.accounts.domain.queries.people import PersonCard, profiles_for
from dkbm.cms.models import NetworkTag
from dkbm.core.faces import NOBODY, Face
from dkbm.tenancy.kept_for_members import KeptForMembers
from dkbm.tenancy.kept_queries import Given, KeptQuery
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.unread import (
    as_read,
    open_questions,
    spaces_readable_by,
    spaces_with_news,
    still_asked,
    unread_in,
    with_open_questions,
    with_unread,
)
from forum.models import HelpfulMark, Post, PostExample, Space, Topic, TopicTag
from workgroups.models import Workgroup

TAGS = "topic_tags__tag"
"""Asked for in two steps: in one, with a join, the database may begin at the tags and read all their topics."""
ASKED, LATEST = 3, 3
RELATED, YOUNG_TOPICS = 4, 40
"""So many of a tag are looked at for what is related."""

YOUNG_POSTS = 200
"""So many of a person are looked at for what they wrote last."""


@dataclass(frozen=True)
class TopicRow:
    """A topic in a list: who wrote last. ``card``: ``None`` when that account is gone."""

    topic: Topic
    card: PersonCard | None

    @property
    def face(self) -> Face:
        return self.card.face if self.card else NOBODY

    @property
    def unread(self) -> int:
        return int(getattr(self.topic, "unread", 0))

    @property
    def tags(self) -> list[NetworkTag]:
        """By name; two queries for all rows of a list that ``TAGS`` was fetched with."""
        return sorted((each.tag for each in self.topic.topic_tags.all()), key=lambda tag: tag.sort_name)

    @property
    def was_answered(self) -> bool:
        return self.topic.post_count > 1


@dataclass(frozen=True)
class SpaceRow:
    """A space in the list of spaces with its newest topic, if it has one, and how much there is news."""

    space: Space
    newest: TopicRow | None
    unread: int


def rows_of_topics(topics: list[Topic]) -> list[TopicRow]:
    """Who wrote last in each topic (with ``last_post`` loaded), in one query."""
    authors = {topic.pk: topic.last_post.author_id if topic.last_post else topic.author_id for topic in topics}
    cards = profiles_for({author for author in authors.values() if author})
    return [TopicRow(topic, cards.get(author) if (author := authors[topic.pk]) else None) for topic in topics]


def _spaces(visitor: Visitor) -> QuerySet[Space]:
    readable = spaces_readable_by(visitor).select_related("workgroup__parent")
    return with_open_questions(spaces_with_news(readable, visitor), visitor, ASKED).order_by()


_SPACES = KeptForMembers(_spaces)
_TOPICS = KeptQuery(lambda: Topic.objects.select_related("last_post").filter(pk__any=Given("ids")))


def space_list(visitor: Visitor) -> tuple[list[SpaceRow], list[TopicRow]]:
    """Spaces that the person may read, the one for all first, then groups by number and name; and the latest questions
    in them that nobody has answered. Three queries.
    """
    spaces = _SPACES.all(visitor, since=still_asked())
    newest, asked = [space.newest_topic_id for space in spaces], open_questions(spaces, ASKED)  # type: ignore[attr-defined]
    topics = _TOPICS.all(ids=[pk for pk in (*newest, *asked) if pk is not None])
    rows = {row.topic.pk: row for row in rows_of_topics(topics)}
    by_id = {space.pk: space for space in spaces}
    for row in rows.values():
        row.topic.space = by_id[row.topic.space_id]
    listed = [_space_row(space, rows) for space in sorted(spaces, key=space_order)]
    return listed, [rows[pk] for pk in asked if pk in rows]


def _space_row(space: Space, rows: dict[int, TopicRow]) -> SpaceRow:
    return SpaceRow(space, rows.get(space.newest_topic_id), unread_in(space))  # type: ignore[attr-defined]


def space_order(space: Space) -> tuple[bool, bool, bool, int, str]:
    """Sub-groups follow their AG; closed groups come last."""
    group = space.workgroup
    if group is None:
        return (False, False, False, 0, "")
    ag = group.parent or group
    return (True, not group.is_open, ag.number is None, ag.number or 0, f"{ag.sort_name}/{group.parent_id or 0}")


def _space_of_group(visitor: Visitor) -> QuerySet[Space]:
    latest = Topic.objects.filter(space=OuterRef("pk"), deleted__isnull=True).order_by("-last_post_at", "-pk")
    spaces = Space.objects.filter(workgroup=Given("group")).order_by("pk")[:1]
    return with_open_questions(spaces.annotate(latest=ArraySubquery(latest.values("pk")[:LATEST])), visitor, ASKED)


_SPACE_OF_GROUP = KeptForMembers(_space_of_group)
_TOPICS_OF_GROUP = KeptForMembers(
    lambda visitor: (
        with_unread(Topic.objects.filter(pk__any=Given("ids")), visitor)
        .select_related("last_post")
        .prefetch_related(TAGS)
    )
)


def topics_of_group(group: Workgroup, visitor: Visitor) -> tuple[list[TopicRow], list[TopicRow]]:
    """The latest topics of a readable group, and the latest questions there that nobody has answered. Five queries."""
    space = _SPACE_OF_GROUP.first(visitor, group=group.pk, since=still_asked())
    if space is None:
        return [], []
    space.workgroup = group
    newest: list[int] = space.latest  # type: ignore[attr-defined]
    asked = [pk for pk in open_questions([space], ASKED) if pk not in newest]
    topics = _TOPICS_OF_GROUP.all(visitor, ids=[*newest, *asked]) if newest or asked else []
    rows = {row.topic.pk: row for row in rows_of_topics(topics)}
    for row in rows.values():
        row.topic.space = space
    return [rows[pk] for pk in newest if pk in rows], [rows[pk] for pk in asked if pk in rows]


def latest_posts_of(person_id: UUID, visitor: Visitor, limit: int) -> list[Post]:
    """What somebody wrote last in the spaces that the visitor may read, among their youngest posts. One query."""
    young = Post.objects.filter(author_id=person_id).order_by("-pk").values("pk")[:YOUNG_POSTS]
    spaces = spaces_readable_by(visitor).order_by().values("pk")
    posts = Post.objects.filter(pk__in=young, deleted__isnull=True, topic__deleted__isnull=True)
    readable = posts.filter(topic__space__in=spaces).select_related("topic__space__workgroup__parent")
    return list(readable.defer("text", "html").order_by("-pk")[:limit])


def topics_about(item_id: int, visitor: Visitor, limit: int) -> list[Topic]:
    """In which a post names the example, as far as the visitor may read them, the latest first. One query; for guests
    none."""
    if not visitor.is_member:
        return []
    named = PostExample.objects.filter(item=item_id, post__deleted__isnull=True).values("post__topic")
    spaces = spaces_readable_by(visitor).order_by().values("pk")
    topics = Topic.objects.filter(pk__in=named, deleted__isnull=True, space__in=spaces)
    return list(topics.select_related("space__workgroup__parent").order_by("-last_post_at", "-pk")[:limit])


_TOPIC = KeptForMembers(
    lambda visitor: (
        as_read(Topic.objects.filter(space=Given("space"), pk=Given("topic")), visitor)
        .select_related("author", "solved_post")
        .order_by("pk")[:1]
    )
)
_POSTS = KeptQuery(
    lambda: (
        Post.objects.filter(topic=Given("topic"), number__gt=Given("first"), number__lte=Given("last"))
        .annotate(found_helpful=Exists(HelpfulMark.objects.filter(post=OuterRef("pk"), person_id=Given("person"))))
        .defer("plain")
        .order_by("number")
    )
)


def find_topic(space: Space, topic_id: int, visitor: Visitor) -> Topic | None:
    """The topic with what the person has read of it (:func:`as_read`), deleted ones too; ``None`` when missing."""
    topic = _TOPIC.first(visitor, space=space.pk, topic=topic_id)
    if topic is not None:
        topic.space = space
    return topic


def related_topics(topic: Topic, visitor: Visitor) -> list[Topic]:
    """Other topics with a common tag that the person may read, the latest first; of a tag the youngest alone."""
    tags = [tag.pk for tag in topic.tags.all()]
    shared = {pk for (young,) in _SHARED.all(topic=topic.pk, tags=tags) for pk in young} if tags else set()
    return _RELATED.all(visitor, ids=list(shared)) if shared else []


def _shared() -> QuerySet[NetworkTag, tuple[list[int]]]:
    others = TopicTag.objects.filter(tag=OuterRef("pk")).exclude(topic=Given("topic"))
    young = ArraySubquery(others.order_by("-topic_id").values("topic")[:YOUNG_TOPICS])
    return NetworkTag.objects.filter(pk__any=Given("tags")).order_by().values_list(young)


def _related(visitor: Visitor) -> QuerySet[Topic]:
    spaces = spaces_readable_by(visitor).order_by().values("pk")
    found = Topic.objects.filter(pk__any=Given("ids"), deleted__isnull=True, space__in=spaces)
    return found.select_related("space__workgroup__parent").order_by("-last_post_at")[:RELATED]


_SHARED = KeptQuery(_shared)
_RELATED = KeptForMembers(_related)


def posts_on_page(topic: Topic, page: int, size: int, visitor: Visitor) -> list[Post]:
    """Posts of one page (from 1), deleted ones too: they keep their place. ``found_helpful``: by the visitor."""
    first = (page - 1) * size
    posts = _POSTS.all(topic=topic.pk, first=first, last=first + size, person=visitor.person_id)
    for post in posts:
        post.topic = topic
    return posts
