"""What is new for a person, as writers and readers keep it (``domain/reading.py``): reading counts nothing."""

from __future__ import annotations

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor
from forum.enums import MOST_COUNTED
from forum.models import Post, ReadState, Space, Topic
from workgroups.domain.queries.groups import readers_of, seats_of


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
    """How many posts are news, in one query. From ``MOST_COUNTED`` on, how many more is left open."""
    return sum(news_of(visitor).order_by().values_list("unread_count", flat=True)[:MOST_COUNTED])


def has_had_news(visitor: Visitor) -> bool:
    """Whether there has ever been something to read for the person, or they have opened a topic."""
    return ReadState.objects.filter(person_id=visitor.person_id).order_by().exists()


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


def latest_news(visitor: Visitor, limit: int) -> list[int]:
    """Ids of the topics with the latest news over all readable spaces: a few of each, then the best. One query."""
    news = news_anywhere(visitor).filter(space=OuterRef("pk")).order_by("-newest", "-topic_id")[:limit]
    found = (
        spaces_readable_by(visitor)
        .order_by()
        .annotate(news=ArraySubquery(news.values("topic_id")), moments=ArraySubquery(news.values("newest")))
    )
    pairs = [pair for moments, news in found.values_list("moments", "news") for pair in zip(moments, news, strict=True)]
    return [topic_id for _moment, topic_id in sorted(pairs, reverse=True)[:limit]]


def as_read(topics: QuerySet[Topic], visitor: Visitor) -> QuerySet[Topic]:
    """``topics`` with what the person has to do with them.

    ``unread``: number ranges, and ``shown``, 0 where never opened (see ``ReadState``). ``wants_mails``: ``None``
    without an own wish. ``wrote``: has a post there.
    """
    own = Post.objects.filter(topic=OuterRef("pk"), author_id=visitor.person_id)
    return topics.alias(
        mine=state_of(visitor),
        wish=FilteredRelation("subscriptions", condition=Q(subscriptions__person=visitor.person_id)),
    ).annotate(
        unread=F("mine__unread"), shown=Coalesce("mine__shown", 0), wants_mails=F("wish__wanted"), wrote=Exists(own)
    )
