"""Answers that come by mail: they become posts as if they had been typed on the topic's page."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import gettext as _

from dkbm.notifications.answers import Answerable, Published
from dkbm.tenancy.visitor import Visitor
from forum.domain.posts import publish_post
from forum.errors import ForumRefusal, insist
from forum.models import Topic
from forum.rules import may_read_space


def publish_answer(*, key: int, visitor: Visitor, text: str, client_key: UUID) -> Published:
    """A post in the topic. Raises :class:`ForumRefusal` as :func:`publish_post` does, and for a topic that is gone."""
    topic = _topic(key)
    if topic is None:
        raise ForumRefusal(_("Dieses Thema gibt es nicht mehr."))
    insist(may_read_space(visitor, topic.space))
    post = publish_post(topic=topic, visitor=visitor, text=text, client_key=client_key)
    return Published(post.get_absolute_url())


def path_of(key: int, visitor: Visitor) -> str:
    """The topic's page, for whoever may read it; else nothing."""
    topic = _topic(key)
    if topic is None or topic.deleted or not may_read_space(visitor, topic.space):
        return ""
    return topic.get_absolute_url()


def _topic(key: int) -> Topic | None:
    topic: Topic | None = Topic.objects.select_related("space__workgroup__parent").filter(pk=key).first()
    return topic


ANSWERABLE = Answerable(1, Topic._meta.label_lower, publish_answer, path_of)
