"""Readers who have the page of a topic open see what changes, after the commit."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext as _

from dkbm.core.commits import on_commit_robust
from forum.live import tell_posts, tell_state
from forum.models import Post, Topic


def post_published(post: Post) -> None:
    """Readers of the topic get the post after the commit."""
    on_commit_robust(partial(tell_posts, post.topic, [post]))


def posts_changed(topic: Topic, posts: list[Post]) -> None:
    """Give each changed post the next revision of its topic, and send them after the commit.

    Call it with the topic locked.
    """
    for post in posts:
        topic.revision += 1
        post.revision = topic.revision
        post.save(update_fields=["revision"])
    topic.save(update_fields=["revision"])
    on_commit_robust(partial(tell_posts, topic, posts))


def topic_closed(topic: Topic) -> None:
    sentence = _("Dieses Thema wurde abgeschlossen.") if topic.closed else _("Dieses Thema ist wieder offen.")
    on_commit_robust(partial(tell_state, topic, sentence))


def topic_deleted(topic: Topic) -> None:
    on_commit_robust(partial(tell_state, topic, _("Dieses Thema wurde gelöscht.")))
