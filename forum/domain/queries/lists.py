"""The topics of a space, page by page. The next page begins behind what stood last: the hundredth costs no more.

Topics are picked by an index first; what their rows show is read for those of the page alone.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from dkbm.cms.models import NetworkTag
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.topics import TAGS, TopicRow, rows_of_topics
from forum.domain.queries.unread import news_anywhere, state_of, unanswered, with_unread
from forum.enums import TOPICS_PER_PAGE, TopicFilter, TopicOrder
from forum.models import Post, Space, Topic

TAGS_BESIDE = 8
_START = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Place(NamedTuple):
    """Where a list is cut: behind this topic. ``part``: of the list; ``moment``: by what the part is sorted."""

    part: str
    moment: datetime
    topic_id: int

    def __str__(self) -> str:
        return f"{self.part}-{(self.moment - _START) // _MICROSECOND}-{self.topic_id}"


def place_from(text: str | None) -> Place | None:
    """What an address says; ``None``, the beginning, for nonsense."""
    part, _, rest = (text or "").partition("-")
    moment, _, topic_id = rest.partition("-")
    if part not in _PARTS or not all(
        each.isascii() and each.isdigit() and len(each) < 17 for each in (moment, topic_id)
    ):
        return None
    return Place(part, _START + int(moment) * _MICROSECOND, int(topic_id))


@dataclass(frozen=True)
class TopicPage:
    """``next``: where the following page begins, ``None`` on the last one. ``is_first``: nothing stands above."""

    rows: list[TopicRow]
    next: Place | None
    is_first: bool
    without: NetworkTag | None = None

    @property
    def is_whole(self) -> bool:
        """All topics of the list stand on it."""
        return self.is_first and self.next is None

    @property
    def tags(self) -> list[tuple[NetworkTag, int]]:
        """What the topics of this page are about most, with their number; the tag that all of them have is left out."""
        found = Counter(tag for row in self.rows for tag in row.tags if tag != self.without)
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0].sort_name))[:TAGS_BESIDE]


@dataclass(frozen=True)
class Choice:
    """Which topics of a space, and in which order; a filter always has the latest post first."""

    show: TopicFilter = TopicFilter.ALL
    order: TopicOrder = TopicOrder.UNREAD
    tag: NetworkTag | None = None

    @property
    def is_narrow(self) -> bool:
        return self.tag is not None or self.show != TopicFilter.ALL

    @property
    def parts(self) -> tuple[str, ...]:
        """Of the list, one below the other."""
        has_news_first = self.order == TopicOrder.UNREAD and not self.is_narrow
        return ("neu", "gelesen") if has_news_first else ("alle",)


def topic_page(space: Space, visitor: Visitor, choice: Choice, *, after: Place | None = None) -> TopicPage:
    """Topics of one readable space with ``unread`` and tags, behind ``after``."""
    if after is not None and after.part not in choice.parts:
        after = None
    picked: list[Place] = []
    parts = choice.parts[choice.parts.index(after.part) :] if after else choice.parts
    for part in parts:
        behind = after if after and after.part == part else None
        picked += _pick(part, space, visitor, choice, behind, TOPICS_PER_PAGE + 1 - len(picked))
    kept = picked[:TOPICS_PER_PAGE]
    more = kept[-1] if len(picked) > TOPICS_PER_PAGE else None
    rows = rows_of_topics(_load([each.topic_id for each in kept], space, visitor))
    return TopicPage(rows, more, after is None, choice.tag)


def _pick(part: str, space: Space, visitor: Visitor, choice: Choice, after: Place | None, limit: int) -> list[Place]:
    """The next topics of a part by its index alone."""
    if limit <= 0:
        return []
    rows, moment, topic_id = _PARTS[part](space, visitor, choice)
    if after is not None:
        same = Q(**{moment: after.moment, f"{topic_id}__lt": after.topic_id})
        # The first condition says nothing new; it is the one that the index can begin at.
        rows = rows.filter(Q(**{f"{moment}__lte": after.moment}), Q(**{f"{moment}__lt": after.moment}) | same)
    rows = rows.order_by(f"-{moment}", f"-{topic_id}").values_list(moment, topic_id)
    return [Place(part, at, pk) for at, pk in rows[:limit]]


Part = tuple[QuerySet[Any], str, str]
"""Rows, and the names of their columns with the moment and with the topic's id."""


def _with_news(space: Space, visitor: Visitor, choice: Choice) -> Part:
    return news_anywhere(visitor).filter(space=space), "newest", "topic_id"


def _without_news(space: Space, visitor: Visitor, choice: Choice) -> Part:
    rows = space.topics.filter(deleted__isnull=True).alias(mine=state_of(visitor))
    nothing = Q(mine__unread_count__isnull=True) | Q(mine__unread_count=0)
    return rows.filter(nothing), "last_post_at", "pk"


def _chosen(space: Space, visitor: Visitor, choice: Choice) -> Part:
    rows: QuerySet[Topic] = space.topics.filter(deleted__isnull=True)
    if choice.tag is not None:
        rows = rows.filter(topic_tags__tag=choice.tag)
    if choice.show == TopicFilter.UNANSWERED:
        rows = unanswered(rows)
    elif choice.show == TopicFilter.SOLVED:
        rows = rows.filter(solved_post__isnull=False)
    elif choice.show == TopicFilter.MINE:
        # Asked for first: so few that they need no look at the space's other topics.
        mine = Post.objects.filter(author_id=visitor.person_id, topic__space=space, deleted__isnull=True)
        rows = rows.filter(pk__in=list(mine.order_by().values_list("topic", flat=True).distinct()))
    return rows, "last_post_at", "pk"


_PARTS = {"neu": _with_news, "gelesen": _without_news, "alle": _chosen}


def _load(topic_ids: list[int], space: Space, visitor: Visitor) -> list[Topic]:
    """The topics in this order, with what their rows show."""
    topics = with_unread(space.topics.all(), visitor)
    found = topics.select_related("last_post").prefetch_related(TAGS).in_bulk(topic_ids)
    return [found[pk] for pk in topic_ids if pk in found]
