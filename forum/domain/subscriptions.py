"""Mails about one topic: wanted or not, whoever wrote in it."""

from __future__ import annotations

from dkbm.tenancy.visitor import Visitor
from forum.errors import insist
from forum.models import Subscription, Topic
from forum.rules import may_read_space


def follow_topic(*, topic: Topic, visitor: Visitor) -> Subscription:
    """A mail for each answer from now on. Raises :class:`ForumRefusal`."""
    return _wish(topic, visitor, True)


def unfollow_topic(*, topic: Topic, visitor: Visitor) -> Subscription:
    """No mail about this topic any more. Raises :class:`ForumRefusal`."""
    return _wish(topic, visitor, False)


def _wish(topic: Topic, visitor: Visitor, wanted: bool) -> Subscription:
    insist(may_read_space(visitor, topic.space))
    wish, _new = Subscription.objects.update_or_create(topic=topic, person=visitor.person, defaults={"wanted": wanted})
    return wish
