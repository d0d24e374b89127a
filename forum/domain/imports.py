"""Whole threads from files. Nobody is told, no right is asked, and twice loaded is the same as once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction

from dkbm.cms.models import NetworkTag
from dkbm.tenancy.visitor import automatic
from forum.domain import searching
from forum.domain.examples import note_examples
from forum.domain.posts import publish_post
from forum.domain.topics import set_tags, start_topic
from forum.models import TEXT_FIELDS, Post, Space, Topic
from forum.text import checked_text, checked_title


@dataclass(frozen=True)
class ImportedPost:
    """``accepted``: the answer that helped. ``text``: Markdown."""

    author: Any
    created: datetime
    text: str
    accepted: bool = False


@dataclass(frozen=True)
class ImportedTopic:
    """A whole thread. ``slug``: by which it is known again."""

    slug: str
    title: str
    opening: ImportedPost
    replies: Sequence[ImportedPost] = ()
    is_question: bool = False
    tags: Iterable[NetworkTag] = ()


@transaction.atomic
def import_topic(*, space: Space, thread: ImportedTopic) -> Topic:
    """Create the thread with this slug, or bring title, tags, texts of the imported posts and the answer up to date.

    A deleted thread stays deleted. What members have written below since stays, and so does the mark on an answer of
    theirs. Dates are taken over; nothing is mailed, sent or marked as new.
    Raises :class:`ForumRefusal` for an empty or too long text.
    """
    keys = [_key(space, thread.slug, number) for number in range(len(thread.replies) + 1)]
    topic = Topic.objects.filter(space=space, slug=thread.slug).first()
    if topic is None:
        topic = _begin(space, thread, keys[0])
    elif topic.deleted:
        return topic
    else:
        _bring_up_to_date(topic, thread, keys[0])
    replies = list(zip(keys[1:], thread.replies, strict=True))
    for key, reply in replies:
        if not _refresh(topic, key, reply):
            _append(topic, key, reply)
    topic.refresh_from_db()
    _mark_answer(topic, keys, [key for key, reply in replies if reply.accepted])
    searching.index_topic(topic)
    return topic


def imported_into(spaces: Iterable[Space], slug: str) -> Space | None:
    """The one of these spaces into which the thread with this slug was imported before."""
    openings = {_key(space, slug, 0): space for space in spaces}
    known = Post.objects.filter(topic__space__in=openings.values(), number=1, client_key__in=openings)
    post = known.order_by("pk").first()
    return openings[post.client_key] if post else None


def _begin(space: Space, thread: ImportedTopic, key: UUID) -> Topic:
    return start_topic(
        space=space,
        visitor=automatic(thread.opening.author),
        title=thread.title,
        text=thread.opening.text,
        is_question=thread.is_question,
        tags=thread.tags,
        created=thread.opening.created,
        slug=thread.slug,
        client_key=key,
        announce=False,
    )


def _bring_up_to_date(topic: Topic, thread: ImportedTopic, key: UUID) -> None:
    """What stands above the replies; an opening that somebody else wrote stays theirs."""
    topic.title, topic.is_question = checked_title(thread.title), thread.is_question
    topic.save(update_fields=["title", "is_question"])
    set_tags(topic=topic, tags=thread.tags)
    _refresh(topic, key, thread.opening)


def _append(topic: Topic, key: UUID, post: ImportedPost) -> None:
    publish_post(
        topic=topic,
        visitor=automatic(post.author),
        text=post.text,
        created=post.created,
        client_key=key,
        announce=False,
    )


def _refresh(topic: Topic, key: UUID, source: ImportedPost) -> bool:
    """Whether the post is there; an unedited one gets the file's text, a deleted one stays deleted."""
    post = Post.objects.filter(topic=topic, client_key=key).first()
    if post is None:
        return False
    text = checked_text(source.text)
    if post.text != text and not post.edited and not post.deleted:
        before = post.text
        post.set_text(text)
        post.save(update_fields=[*TEXT_FIELDS])
        note_examples(post, before=before)
    return True


def _mark_answer(topic: Topic, keys: Sequence[UUID], accepted: Sequence[UUID]) -> None:
    """Mark the file's answer, or none; an answer that a member wrote keeps the mark."""
    marked = topic.solved_post
    if marked is not None and marked.client_key not in keys:
        return
    topic.solved_post = topic.posts.filter(client_key__in=accepted, deleted__isnull=True).first()
    topic.save(update_fields=["solved_post"])


def _key(space: Space, slug: str, number: int) -> UUID:
    return uuid5(NAMESPACE_URL, f"forum:{space.slug}/{slug}#{number}")
