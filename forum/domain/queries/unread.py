"""What is new for a person: posts of others since they joined, beyond what they were shown."""

from __future__ import annotations

from django.db.models import Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from dkbm.tenancy.visitor import Visitor
from forum.models import Post, Space, Topic
from workgroups.domain.queries.groups import readable_groups


def readable_spaces(visitor: Visitor) -> Q:
    """Condition on :class:`Space`: the queryset of ``rules.may_read_space``, for active members."""
    groups = readable_groups(visitor).order_by().select_related(None).values("pk")
    return Q(workgroup__isnull=True) | Q(workgroup__in=groups)


def spaces_readable_by(visitor: Visitor) -> QuerySet[Space]:
    readable: QuerySet[Space] = Space.objects.none()
    if visitor.is_member:
        readable = Space.objects.filter(readable_spaces(visitor))
    return readable


def unread_posts(visitor: Visitor) -> QuerySet[Post]:
    """Posts that are news to the person, over all spaces that they may read."""
    spaces = spaces_readable_by(visitor).order_by().values("pk")
    return _news(visitor).filter(topic__space__in=spaces)


def _news(visitor: Visitor) -> QuerySet[Post]:
    """Without looking at spaces; the caller has done so."""
    posts: QuerySet[Post] = Post.objects.none()
    if not visitor.is_member:
        return posts
    posts = (
        Post.objects.alias(
            mine=FilteredRelation("topic__read_states", condition=Q(topic__read_states__person=visitor.person_id)),
            in_group=FilteredRelation(
                "topic__space__workgroup__memberships",
                condition=Q(topic__space__workgroup__memberships__person=visitor.person_id),
            ),
        )
        # Named first: conditions on a joined column would drop the posts that have no such row.
        .alias(
            read_to=Coalesce("mine__last_post_id", Value(0)),
            joined=Coalesce("in_group__since", Value(visitor.member_since)),
        )
        .filter(
            announced=True,
            deleted__isnull=True,
            topic__deleted__isnull=True,
            pk__gt=F("read_to"),
            created__gt=F("joined"),
        )
        .exclude(author_id=visitor.person_id)
        .order_by()
    )
    return posts


def unread_count(visitor: Visitor) -> int:
    """How many posts are news, in one query."""
    return unread_posts(visitor).count()


def with_unread(topics: QuerySet[Topic], visitor: Visitor) -> QuerySet[Topic]:
    """``topics`` (of readable spaces) with ``unread``: number of posts that are news."""
    news = _news(visitor).filter(topic=OuterRef("pk"))
    return topics.annotate(unread=_count(news, "topic"))


def spaces_with_unread(spaces: QuerySet[Space], visitor: Visitor) -> QuerySet[Space]:
    """``spaces`` (readable ones) with ``unread`` and ``newest_topic_id``."""
    news = _news(visitor).filter(topic__space=OuterRef("pk"))
    newest = Topic.objects.filter(space=OuterRef("pk"), deleted__isnull=True).order_by("-last_post_at", "-pk")
    return spaces.annotate(unread=_count(news, "topic__space"), newest_topic_id=Subquery(newest.values("pk")[:1]))


def _count(posts: QuerySet[Post], by: str) -> Coalesce:
    counted = posts.values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def last_read(topics: QuerySet[Topic], visitor: Visitor) -> QuerySet[Topic]:
    """``topics`` with what the person has to do with them.

    ``last_read_id``: 0 where never opened. ``wants_mails``: ``None`` without an own wish. ``wrote``: has a post there.
    """
    own = Post.objects.filter(topic=OuterRef("pk"), author_id=visitor.person_id)
    return topics.alias(
        mine=FilteredRelation("read_states", condition=Q(read_states__person=visitor.person_id)),
        wish=FilteredRelation("subscriptions", condition=Q(subscriptions__person=visitor.person_id)),
    ).annotate(last_read_id=Coalesce("mine__last_post_id", Value(0)), wants_mails=F("wish__wanted"), wrote=Exists(own))
