"""A person's wish about one topic: be told of what happens there or not, whoever wrote in it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from dkbm.tenancy.middleware import membership_of
from dkbm.tenancy.models import Membership
from forum.errors import insist
from forum.models import Subscription, Topic
from forum.rules import may_read_space


def follow_topic(*, topic: Topic, person: Any, membership: Membership | None = None) -> Subscription:
    """Be told of each answer from now on. Raises :class:`ForumRefusal`."""
    return _wish(topic, person, membership, True)


def unfollow_topic(*, topic: Topic, person: Any, membership: Membership | None = None) -> Subscription:
    """Be told nothing about this topic any more. Raises :class:`ForumRefusal`."""
    return _wish(topic, person, membership, False)


def _wish(topic: Topic, person: Any, membership: Membership | None, wanted: bool) -> Subscription:
    insist(may_read_space(person, membership or membership_of(person), topic.space))
    wish, _new = Subscription.objects.update_or_create(topic=topic, person=person, defaults={"wanted": wanted})
    return wish  # type: ignore[no-any-return]


def wishes_of_topic(topic_id: int) -> dict[UUID, bool]:
    """Person -> wish; see ``dkbm.notifications.scopes``."""
    return dict(Subscription.objects.filter(topic_id=topic_id).values_list("person_id", "wanted"))
