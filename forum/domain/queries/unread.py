"""What is new for a person: posts of others since they joined, beyond what they were shown."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Exists, F, FilteredRelation, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from dkbm.tenancy.models import Membership
from forum.models import Post, Space, Topic
from workgroups.domain.queries.groups import readable_groups


def readable_spaces(person: Any, membership: Membership | None) -> Q:
    """Condition on :class:`Space`: the queryset of ``rules.may_read_space``, for active members."""
    groups = readable_groups(person, membership).order_by().select_related(None).values("pk")
    return Q(workgroup__isnull=True) | Q(workgroup__in=groups)


def spaces_readable_by(person: Any, membership: Membership | None) -> QuerySet[Space]:
    readable: QuerySet[Space] = Space.objects.none()
    if membership and membership.is_active:
        readable = Space.objects.filter(readable_spaces(person, membership))
    return readable


def unread_posts(person: Any, membership: Membership | None) -> QuerySet[Post]:
    """Posts that are news to the person, over all spaces that they may read."""
    spaces = spaces_readable_by(person, membership).order_by().values("pk")
    return _news(person, membership).filter(topic__space__in=spaces)


def _news(person: Any, membership: Membership | None) -> QuerySet[Post]:
    """Without looking at spaces; the caller has done so."""
    posts: QuerySet[Post] = Post.objects.none()
    if not membership or not membership.is_active:
        return posts
    posts = (
        Post.objects.alias(
            mine=FilteredRelation("topic__read_states", condition=Q(topic__read_states__person=person.pk)),
            in_group=FilteredRelation(
                "topic__space__workgroup__memberships",
                condition=Q(topic__space__workgroup__memberships__person=person.pk),
            ),
        )
        # Named first: conditions on a joined column would drop the posts that have no such row.
        .alias(
            read_to=Coalesce("mine__last_post_id", Value(0)),
            joined=Coalesce("in_group__since", Value(membership.since or membership.created)),
        )
        .filter(
            announced=True,
            deleted__isnull=True,
            topic__deleted__isnull=True,
            pk__gt=F("read_to"),
            created__gt=F("joined"),
        )
        .exclude(author_id=person.pk)
        .order_by()
    )
    return posts


def unread_count(person: Any, membership: Membership | None) -> int:
    """How many posts are news, in one query."""
    return unread_posts(person, membership).count()


def with_unread(topics: QuerySet[Topic], person: Any, membership: Membership | None) -> QuerySet[Topic]:
    """``topics`` (of readable spaces) with ``unread``: number of posts that are news."""
    news = _news(person, membership).filter(topic=OuterRef("pk"))
    return topics.annotate(unread=_count(news, "topic"))


def spaces_with_unread(spaces: QuerySet[Space], person: Any, membership: Membership | None) -> QuerySet[Space]:
    """``spaces`` (readable ones) with ``unread`` and ``newest_topic_id``."""
    news = _news(person, membership).filter(topic__space=OuterRef("pk"))
    newest = Topic.objects.filter(space=OuterRef("pk"), deleted__isnull=True).order_by("-last_post_at", "-pk")
    return spaces.annotate(unread=_count(news, "topic__space"), newest_topic_id=Subquery(newest.values("pk")[:1]))


def _count(posts: QuerySet[Post], by: str) -> Coalesce:
    counted = posts.values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def last_read(topics: QuerySet[Topic], person: Any) -> QuerySet[Topic]:
    """``topics`` with what the person has to do with them.

    ``last_read_id``: 0 where never opened. ``wants_mails``: ``None`` without an own wish. ``wrote``: has a post there.
    """
    own = Post.objects.filter(topic=OuterRef("pk"), author_id=person.pk)
    return topics.alias(
        mine=FilteredRelation("read_states", condition=Q(read_states__person=person.pk)),
        wish=FilteredRelation("subscriptions", condition=Q(subscriptions__person=person.pk)),
    ).annotate(last_read_id=Coalesce("mine__last_post_id", Value(0)), wants_mails=F("wish__wanted"), wrote=Exists(own))
