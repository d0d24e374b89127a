"""What is new for a person, as writers and readers keep it (``domain/reading.py``): reading counts nothing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.kept_for_members import KeptForMembers
from dkbm.tenancy.kept_queries import Given
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor
from forum.enums import MOST_COUNTED
from forum.models import Post, ReadState, Space, Topic
from workgroups.domain.queries.groups import readers_of, seats_of

COUNTED = "forum.counted_news"
MOMENTS = "_moments"
STILL_ASKED = timedelta(days=365)
"""Of older questions nobody is reminded."""


def spaces_readable_by(visitor: Visitor) -> QuerySet[Space]:
    """The queryset of ``rules.may_read_space``."""
    spaces: QuerySet[Space] = Space.objects.all()
    if not visitor.is_member:
        return spaces.none()
    if visitor.is_manager:
        return spaces
    return spaces.filter(Q(workgroup__isnull=True) | Q(workgroup__in=seats_of(visitor).values("workgroup")))


def readers_of_space(space: Space) -> QuerySet[Membership]:
    """Memberships of all who may read the space now; the other side of ``rules.may_read_space``."""
    if space.workgroup is not None:
        return readers_of(space.workgroup)
    everybody: QuerySet[Membership] = Membership.objects.filter(state=MembershipState.ACTIVE)
    return everybody


def news_of(visitor: Visitor) -> QuerySet[ReadState]:
    """What is new for the person in the spaces that they may read now; ``topic`` and ``unread_count`` say how much."""
    spaces = spaces_readable_by(visitor).order_by().values("pk")
    return news_anywhere(visitor).filter(space__in=spaces)


def news_anywhere(visitor: Visitor) -> QuerySet[ReadState]:
    """Without looking at spaces: the caller sees to it that the person may read them."""
    news: QuerySet[ReadState] = ReadState.objects.filter(person_id=visitor.person_id, unread_count__gt=0)
    return news


def unread_count(visitor: Visitor) -> int:
    """How many posts are news, in one query a request. From ``MOST_COUNTED`` on, how many more is left open."""
    return sum(count for _space_id, count in _counted(visitor))


def unread_by_space(visitor: Visitor) -> dict[int, int]:
    """The same by space; nothing where there are so many that some are left out."""
    counted = _counted(visitor)
    if len(counted) == MOST_COUNTED:
        return {}
    found: dict[int, int] = {}
    for space_id, count in counted:
        found[space_id] = found.get(space_id, 0) + count
    return found


def _counted(visitor: Visitor) -> list[tuple[int, int]]:
    return visitor.remembered(COUNTED, lambda: _COUNTS.all(visitor))


_COUNTS = KeptForMembers[tuple[int, int]](
    lambda visitor: news_of(visitor).order_by().values_list("space_id", "unread_count")[:MOST_COUNTED]
)


def has_had_news(visitor: Visitor) -> bool:
    """Whether there has ever been something to read for the person, or they have opened a topic."""
    return ReadState.objects.filter(person_id=visitor.person_id).order_by().exists()


def has_read(visitor: Visitor) -> bool:
    """Whether they have ever opened a topic. Of whoever came lately: the rows of others are many."""
    return ReadState.objects.filter(person_id=visitor.person_id, shown__gt=0).order_by().exists()


def with_unread(topics: QuerySet[Topic], visitor: Visitor) -> QuerySet[Topic]:
    """``topics`` (of readable spaces) with ``unread``: number of posts that are news."""
    return topics.alias(mine=state_of(visitor)).annotate(unread=Coalesce("mine__unread_count", 0))


def state_of(visitor: Visitor) -> FilteredRelation:
    """The relation of a topic to the person's own ``ReadState``, which may be missing."""
    return FilteredRelation("read_states", condition=Q(read_states__person=visitor.person_id))


def spaces_with_news(spaces: QuerySet[Space], visitor: Visitor) -> QuerySet[Space]:
    """``spaces`` (readable ones) with ``counts``, of which ``unread_in`` makes a number, and ``newest_topic_id``."""
    counts = news_anywhere(visitor).filter(space=OuterRef("pk")).order_by().values("unread_count")[:MOST_COUNTED]
    newest = Topic.objects.filter(space=OuterRef("pk"), deleted__isnull=True).order_by("-last_post_at", "-pk")
    return spaces.annotate(counts=ArraySubquery(counts), newest_topic_id=Subquery(newest.values("pk")[:1]))


def unread_in(space: Space) -> int:
    """How many posts of a space from ``spaces_with_news`` are news, from ``MOST_COUNTED`` on at least so many."""
    return sum(space.counts)  # type: ignore[attr-defined]


def with_latest_news(spaces: QuerySet[Space], visitor: Visitor, limit: int) -> QuerySet[Space]:
    """``spaces`` (readable ones) with ``news``: a few topics of each, for ``latest_over``."""
    news = news_anywhere(visitor).filter(space=OuterRef("pk")).order_by("-newest", "-topic_id")[:limit]
    return with_latest(spaces, "news", news, topic="topic_id", moment="newest")


def with_latest(spaces: QuerySet[Space], name: str, rows: QuerySet[Any], *, topic: str, moment: str) -> QuerySet[Space]:
    """``spaces`` with ids of a few topics of each as ``name``, and the moments by which they are compared.

    ``rows``: of one space (``OuterRef``), in order and bounded; ``topic``, ``moment``: their fields.
    """
    return spaces.annotate(
        **{name: ArraySubquery(rows.values(topic)), name + MOMENTS: ArraySubquery(rows.values(moment))}
    )


def latest_over(spaces: Iterable[Space], name: str, limit: int) -> list[int]:
    """Ids of topics over spaces from ``with_latest``: the latest of all."""
    found: list[tuple[datetime, int]] = []
    for space in spaces:
        found += zip(getattr(space, name + MOMENTS), getattr(space, name), strict=True)
    return [topic_id for _moment, topic_id in sorted(found, reverse=True)[:limit]]


def with_open_questions(spaces: QuerySet[Space], visitor: Visitor, limit: int) -> QuerySet[Space]:
    """``spaces`` with ``asked``: ids of the latest questions of others that nobody has answered, a few of each.

    For kept queries: ``since``, which :func:`still_asked` says, is to be given.
    """
    asked = unanswered(Topic.objects.filter(space=OuterRef("pk"), deleted__isnull=True))
    others = asked.exclude(author_id=visitor.person_id).filter(last_post_at__gte=Given("since"))
    latest = others.order_by("-last_post_at", "-pk").values("pk")[:limit]
    return spaces.annotate(asked=ArraySubquery(latest))


def still_asked() -> datetime:
    """Questions since then are reminded of."""
    return timezone.now() - STILL_ASKED


def open_questions(spaces: Iterable[Space], limit: int) -> list[int]:
    """Ids over spaces from ``with_open_questions``, the latest first."""
    return sorted((pk for space in spaces for pk in space.asked), reverse=True)[:limit]  # type: ignore[attr-defined]


def unanswered(topics: QuerySet[Topic]) -> QuerySet[Topic]:
    """Questions that wait for a first answer; an index has those of each space."""
    return topics.filter(is_question=True, post_count__lt=2, closed__isnull=True)


def as_read(topics: QuerySet[Topic], visitor: Visitor) -> QuerySet[Topic]:
    """``topics`` with what the person has to do with them.

    ``unread``: number ranges, and ``shown``, 0 where never opened (see ``ReadState``). ``wants_mails``: ``None``
    without an own wish. ``wrote``: has a post there. ``draft_…``: of the answer that they have begun, ``None`` without.
    """
    own = Post.objects.filter(topic=OuterRef("pk"), author_id=visitor.person_id)
    return topics.alias(
        mine=state_of(visitor),
        wish=FilteredRelation("subscriptions", condition=Q(subscriptions__person=visitor.person_id)),
        draft=FilteredRelation("drafts", condition=Q(drafts__person=visitor.person_id, drafts__post__isnull=True)),
    ).annotate(
        unread=F("mine__unread"),
        shown=Coalesce("mine__shown", 0),
        wants_mails=F("wish__wanted"),
        wrote=Exists(own),
        draft_id=F("draft__pk"),
        draft_text=F("draft__text"),
        draft_saved=F("draft__saved"),
        draft_client_key=F("draft__client_key"),
    )
