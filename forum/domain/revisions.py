"""Count what changes on a topic's page, so that readers who have it open see it and can ask for what they missed."""

from __future__ import annotations

from functools import partial

from django.db.models import F

from dkbm.core.commits import on_commit_robust
from forum.live import tell_change, tell_gone
from forum.models import Topic


class StaleTopic(Exception):
    """The topic was not read under its lock: somebody else has counted a change since."""


def next_revision(topic: Topic, *, told: bool = True) -> int:
    """Count one change of the topic, and send readers all parts that bear its revision after the commit.

    Call it once a change, with the topic locked (or just made), and store the result in the row of every part that
    changes with it. ``told=False``: nobody has to see it at once (imports, a topic that begins).
    Raises :class:`StaleTopic`, so that no two changes get the same revision.
    """
    known = Topic.objects.filter(pk=topic.pk, revision=topic.revision)
    if not known.update(revision=F("revision") + 1):
        raise StaleTopic(f"Topic {topic.pk} is not at revision {topic.revision} any more.")
    topic.revision += 1
    if told:
        on_commit_robust(partial(tell_change, topic.pk, topic.revision))
    return topic.revision


def topic_deleted(topic: Topic) -> None:
    """Readers learn after the commit that the topic is gone."""
    on_commit_robust(partial(tell_gone, topic))
