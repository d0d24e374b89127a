"""How far somebody has read."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.unread import unread_posts
from forum.models import ReadState, Topic


def mark_read(*, visitor: Visitor, topic: Topic, last_post_id: int) -> None:
    """Remember that the visitor was shown the topic up to this post. One query; never call it with an older post."""
    _write([ReadState(person=visitor.person, topic=topic, last_post_id=last_post_id)])


@transaction.atomic
def mark_all_read(*, visitor: Visitor) -> int:
    """Nothing is new any more, in any space that the visitor may read. Returns the number of topics."""
    newest = unread_posts(visitor).values_list("topic_id").annotate(newest=Max("pk"))
    states = [ReadState(person=visitor.person, topic_id=topic_id, last_post_id=last) for topic_id, last in newest]
    _write(states)
    return len(states)


def _write(states: list[ReadState]) -> None:
    now = timezone.now()
    for state in states:
        state.at = now
    ReadState.objects.bulk_create(
        states,
        update_conflicts=True,
        unique_fields=["person", "topic"],
        update_fields=["last_post_id", "at"],
    )
