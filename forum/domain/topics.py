"""Begin, close, open again and delete topics; say which answer helped."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.audit import log as audit
from dkbm.cms.models import NetworkTag
from dkbm.tenancy.middleware import membership_of
from dkbm.tenancy.models import Membership
from forum.domain import telling
from forum.domain.posts import append_post, erase_topic, locked, sent_before
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
    author: Any,
    title: str,
    text: str,
    membership: Membership | None = None,
    is_question: bool = False,
    tags: Iterable[NetworkTag] = (),
    created: datetime | None = None,
    slug: str = "",
    client_key: UUID | None = None,
    announce: bool = True,
) -> Topic:
    """Begin a topic with its first post: topic, post, tags, read state of the author, search entry.

    ``membership``: of ``author`` in the bound network, looked up when not given. ``client_key``: a form sent
    twice begins one topic. ``announce=False`` is for imports: no right is checked, nothing is news, no search entry.
    ``slug``: as it is (an import's); made of the title when empty. Raises :class:`ForumRefusal`.
    """
    title, text = checked_title(title), checked_text(text)
    Space.objects.select_for_update(of=("self",)).get(pk=space.pk)
    before = sent_before(author=author, client_key=client_key, text=text)
    if before:
        return before.topic
    if announce:
        insist(may_write_in_space(author, membership or membership_of(author), space))
    moment = created or timezone.now()
    topic = Topic.objects.create(
        space=space,
        slug=slug or _free_slug(space, title),
        title=title,
        author=author,
        created=moment,
        last_post_at=moment,
        is_question=is_question,
    )
    set_tags(topic=topic, tags=tags)
    append_post(topic=topic, author=author, text=text, created=moment, announce=announce, client_key=client_key)
    if announce:
        telling.index_topic(topic)
    return topic  # type: ignore[no-any-return]


def _free_slug(space: Space, title: str) -> str:
    """The title's slug, numbered where another topic of the space has it; call it with the space locked."""
    slug = slug_of(title)
    taken = set(Topic.objects.filter(space=space, slug__startswith=slug).values_list("slug", flat=True))
    number = 1
    candidate = slug
    while candidate in taken:
        number += 1
        candidate = f"{slug}-{number}"
    return candidate


def set_tags(*, topic: Topic, tags: Iterable[NetworkTag]) -> None:
    """Exactly these tags."""
    wanted = {tag.pk for tag in tags}
    present = set(topic.topic_tags.values_list("tag_id", flat=True))
    topic.topic_tags.filter(tag_id__in=present - wanted).delete()
    TopicTag.objects.bulk_create([TopicTag(topic=topic, tag_id=tag_id) for tag_id in sorted(wanted - present)])


@transaction.atomic
def mark_answer(*, topic: Topic, post: Post | None, person: Any, membership: Membership | None = None) -> Topic:
    """Say which answer helped; ``post=None`` takes the mark away. Readers see the changed posts.

    Raises :class:`ForumRefusal`.
    """
    topic = locked(topic)
    insist(may_mark_answer(person, membership or membership_of(person), topic))
    if post is not None:
        post = Post.objects.get(pk=post.pk)
        insist(is_possible_answer(topic, post))
    if topic.solved_post_id == (post.pk if post else None):
        return topic
    changed = [topic.solved_post, post]
    topic.solved_post = post
    topic.save(update_fields=["solved_post"])
    telling.posts_changed(topic, [each for each in changed if each is not None])
    telling.index_topic(topic)
    return topic


@transaction.atomic
def close_topic(*, topic: Topic, person: Any, membership: Membership | None = None) -> Topic:
    """No more answers; it can be read as before. Raises :class:`ForumRefusal`."""
    return _set_closed(topic, person, membership, timezone.now())


@transaction.atomic
def reopen_topic(*, topic: Topic, person: Any, membership: Membership | None = None) -> Topic:
    """Answers are possible again. Raises :class:`ForumRefusal`."""
    return _set_closed(topic, person, membership, None)


def _set_closed(topic: Topic, person: Any, membership: Membership | None, closed: datetime | None) -> Topic:
    topic = locked(topic)
    insist(may_close_topic(person, membership or membership_of(person), topic))
    if bool(topic.closed) != bool(closed):
        topic.closed = closed
        topic.save(update_fields=["closed"])
        telling.topic_closed(topic)
    return topic


@transaction.atomic
def delete_topic(*, topic: Topic, person: Any, reason: str = "", membership: Membership | None = None) -> Topic:
    """Take a topic away with all its posts: their texts go, and it is found no more.

    Somebody else's topic is deleted with a ``reason``, which is shown in its place and logged.
    Raises :class:`ForumRefusal`.
    """
    topic = locked(topic)
    insist(may_delete_topic(person, membership or membership_of(person), topic))
    reason = reason.strip()[:500]
    if topic.author_id != person.pk:
        if not reason:
            raise ForumRefusal(_("Bitte begründen Sie, warum Sie das Thema löschen."), field="reason")
        audit.record(action="forum.topic_deleted", actor=person, subject=topic.author, reason=reason, title=topic.title)
    else:
        reason = ""
    erase_topic(topic=topic, reason=reason)
    return topic
