"""Begin, close, open again and delete topics; say which answer helped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.audit import log as audit
from dkbm.cms.models import NetworkTag
from dkbm.core.slugs import free_slug
from dkbm.tenancy.locking import lock_for
from dkbm.tenancy.visitor import Visitor
from forum.domain import mails, searching
from forum.domain.drafts import forget_draft
from forum.domain.posts import append_post, erase_topic, locked, sent_before
from forum.domain.revisions import next_revision
from forum.errors import ForumRefusal, insist
from forum.models import Post, Space, Topic, TopicTag
from forum.rules import (
    is_possible_answer,
    may_close_topic,
    may_delete_topic,
    may_mark_answer,
    may_write_in_space,
)
from forum.text import checked_text, checked_title, slug_of


@transaction.atomic
def start_topic(
    *,
    space: Space,
    visitor: Visitor,
    title: str,
    text: str,
    is_question: bool = False,
    tags: Iterable[NetworkTag] = (),
    created: datetime | None = None,
    slug: str = "",
    client_key: UUID | None = None,
    announce: bool = True,
) -> Topic:
    """Begin a topic with its first post: topic, post, tags, news of all readers, notifications, search entry.

    ``client_key``: a form sent twice begins one topic. ``announce=False`` is for imports (:func:`automatic` in the
    name of an author): no right is checked, nothing is news, no search entry.
    ``slug``: as it is (an import's); made of the title when empty. Raises :class:`ForumRefusal`.
    """
    title, text = checked_title(title), checked_text(text)
    space = lock_for(visitor, space, "workgroup__parent")
    forget_draft(visitor=visitor, space=space, client_key=client_key)
    same = Post.objects.filter(topic__space=space, topic__title=title, topic__deleted__isnull=True, number=1)
    before = sent_before(author=visitor.person, client_key=client_key, text=text, posts=same)
    if before:
        return before.topic
    if announce:
        insist(may_write_in_space(visitor, space))
    moment = created or timezone.now()
    topic = _begin(Topic(space=space, title=title, author=visitor.person, is_question=is_question), slug, moment, tags)
    post = append_post(
        topic=topic, visitor=visitor, text=text, created=moment, announce=announce, client_key=client_key
    )
    if announce:
        searching.index_topic(topic)
        mails.tell_of_topic(post, without=mails.tell_of_mentions(post))
    return topic


def _begin(topic: Topic, slug: str, moment: datetime, tags: Iterable[NetworkTag]) -> Topic:
    topic.slug = slug or free_slug(slug_of(topic.title), Topic.objects.filter(space=topic.space))
    topic.created = topic.last_post_at = moment
    topic.save()
    set_tags(topic=topic, tags=tags)
    return topic


def set_tags(*, topic: Topic, tags: Iterable[NetworkTag]) -> None:
    """Exactly these tags."""
    wanted = {tag.pk for tag in tags}
    present = set(topic.topic_tags.values_list("tag_id", flat=True))
    topic.topic_tags.filter(tag_id__in=present - wanted).delete()
    TopicTag.objects.bulk_create([TopicTag(topic=topic, tag_id=tag_id) for tag_id in sorted(wanted - present)])


@transaction.atomic
def mark_answer(*, topic: Topic, post: Post | None, visitor: Visitor) -> Topic:
    """Say which answer helped; ``post=None`` takes the mark away. Readers see the changed posts, its
    author is told.

    Raises :class:`ForumRefusal`.
    """
    topic = locked(topic, visitor)
    insist(may_mark_answer(visitor, topic))
    if post is not None:
        post = Post.objects.get(pk=post.pk)
        insist(is_possible_answer(topic, post))
    if topic.solved_post_id == (post.pk if post else None):
        return topic
    topic.state_revision = next_revision(topic)
    changed = [each.pk for each in (topic.solved_post, post) if each is not None]
    Post.objects.filter(pk__in=changed).update(revision=topic.revision)
    topic.solved_post = post
    topic.save(update_fields=["solved_post", "state_revision"])
    if post is not None and post.author_id != visitor.person_id:
        mails.tell_of_accepted(topic, post, by=visitor)
    return topic


@transaction.atomic
def close_topic(*, topic: Topic, visitor: Visitor) -> Topic:
    """No more answers; it can be read as before. Raises :class:`ForumRefusal`."""
    return _set_closed(topic, visitor, timezone.now())


@transaction.atomic
def reopen_topic(*, topic: Topic, visitor: Visitor) -> Topic:
    """Answers are possible again. Raises :class:`ForumRefusal`."""
    return _set_closed(topic, visitor, None)


def _set_closed(topic: Topic, visitor: Visitor, closed: datetime | None) -> Topic:
    topic = locked(topic, visitor)
    insist(may_close_topic(visitor, topic))
    if bool(topic.closed) != bool(closed):
        topic.closed = closed
        topic.closing_revision = topic.state_revision = next_revision(topic)
        topic.save(update_fields=["closed", "closing_revision", "state_revision"])
    return topic


@transaction.atomic
def delete_topic(*, topic: Topic, visitor: Visitor, reason: str = "") -> Topic:
    """Take a topic away with all its posts: their texts go, and it is found no more.

    Somebody else's topic is deleted with a ``reason``, which is shown in its place, logged and told to its author.
    Raises :class:`ForumRefusal`.
    """
    topic = locked(topic, visitor)
    insist(may_delete_topic(visitor, topic))
    reason = reason.strip()[:500]
    if topic.author_id != visitor.person_id:
        if not reason:
            raise ForumRefusal(_("Bitte begründen Sie, warum Sie das Thema löschen."), field="reason")
        audit.record(
            action="forum.topic_deleted", actor=visitor.person, subject=topic.author, reason=reason, title=topic.title
        )
        mails.tell_of_deletion(topic, topic, reason=reason)
    else:
        reason = ""
    erase_topic(topic=topic, reason=reason)
    return topic
