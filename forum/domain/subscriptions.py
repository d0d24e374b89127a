"""A person's wish about one topic: be told of what happens there or not, whoever wrote in it."""

from __future__ import annotations

from uuid import UUID

from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.unread import readers_of_space
from forum.errors import insist
from forum.models import Subscription, Topic
from forum.rules import may_read_space


def follow_topic(*, topic: Topic, visitor: Visitor) -> Subscription:
    """Be told of each answer from now on. Raises :class:`ForumRefusal`."""
    return _wish(topic, visitor, True)


def unfollow_topic(*, topic: Topic, visitor: Visitor) -> Subscription:
    """Be told nothing about this topic any more. Raises :class:`ForumRefusal`."""
    return _wish(topic, visitor, False)


def _wish(topic: Topic, visitor: Visitor, wanted: bool) -> Subscription:
    insist(may_read_space(visitor, topic.space))
    wish, _new = Subscription.objects.update_or_create(topic=topic, person=visitor.person, defaults={"wanted": wanted})
    return wish


def wish_by_link(topic_id: int, person_id: UUID, wanted: bool) -> bool:
    """For a member whom their mail's link names; see ``dkbm.notifications.scopes.register_topic_switch``."""
    topic = Topic.objects.filter(pk=topic_id, deleted__isnull=True).select_related("space__workgroup").first()
    if topic is None or (wanted and not readers_of_space(topic.space).filter(person=person_id).exists()):
        return False
    Subscription.objects.update_or_create(topic=topic, person_id=person_id, defaults={"wanted": wanted})
    return True


def wishes_of_topic(topic_id: int) -> dict[UUID, bool]:
    """Person -> wish; see ``dkbm.notifications.scopes``."""
    return dict(Subscription.objects.filter(topic_id=topic_id).values_list("person_id", "wanted"))
