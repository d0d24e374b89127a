"""Write, change and delete posts. Everything about a post happens under the lock of its topic."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.audit import log as audit
from dkbm.tenancy.locking import lock_for
from dkbm.tenancy.visitor import Visitor
from forum.domain import mails, searching
from forum.domain.drafts import forget_change, forget_draft
from forum.domain.examples import note_examples
from forum.domain.mentions import addresses_of, find_mentions, keep_mentions
from forum.domain.reading import forget_post, forget_topic, note_author, spread
from forum.domain.revisions import next_revision, topic_deleted
from forum.errors import ForumRefusal, insist
from forum.models import TEXT_FIELDS, Draft, Post, PostMention, Topic
from forum.rules import may_delete_post, may_edit_post, may_reply
from forum.text import checked_text

OPEN_TWICE = timedelta(minutes=10)


def locked(topic: Topic, visitor: Visitor) -> Topic:
    """The topic as it is now, locked until the transaction ends, with its space and group; see ``lock_for``."""
    return lock_for(visitor, topic, "space__workgroup__parent", "solved_post", "author")


@transaction.atomic
def publish_post(
    *,
    topic: Topic,
    visitor: Visitor,
    text: str,
    created: datetime | None = None,
    announce: bool = True,
    client_key: UUID | None = None,
) -> Post:
    """Answer in a topic.

    In one transaction: post, counters, news of all readers, notifications and mails to those who wrote before, follow
    or are named, search entry. After the commit the post is rendered once and sent to all readers.
    ``client_key``: a form sent twice writes one post, which both calls return.
    ``announce=False`` is for imports (:func:`automatic` in the name of an author): no right is checked, nobody is
    told, no broadcast, nothing is news, and the import writes the search entry when it is through.
    Raises :class:`ForumRefusal`.
    """
    text = checked_text(text)
    topic = locked(topic, visitor)
    forget_draft(visitor=visitor, space=topic.space, topic=topic, client_key=client_key)
    before = sent_before(author=visitor.person, client_key=client_key, text=text, posts=topic.posts.all())
    if before:
        return before
    if announce:
        insist(may_reply(visitor, topic))
    post = append_post(
        topic=topic, visitor=visitor, text=text, created=created, announce=announce, client_key=client_key
    )
    if announce:
        searching.index_post(post)
        mails.tell_of_reply(post, without=mails.tell_of_mentions(post))
    return post


def append_post(
    *, topic: Topic, visitor: Visitor, text: str, created: datetime | None, announce: bool, client_key: UUID | None
) -> Post:
    """Put a post at the end and count it; call it with the topic locked (or just made: nobody has it open yet).

    What is imported names nobody. Raises :class:`ForumRefusal` for names that are not clear.
    """
    mentions = find_mentions(text, topic.space) if announce else []
    post = Post(
        topic=topic,
        number=topic.last_number + 1,
        author=visitor.person,
        created=created or timezone.now(),
        client_key=_unused(visitor.person, client_key),
        revision=next_revision(topic, told=announce and topic.last_number > 0),
    )
    post.set_text(text, addresses_of(mentions, topic.space))
    post.save()
    note_examples(post)
    keep_mentions(post, mentions)
    topic.post_count, topic.last_number = topic.post_count + 1, post.number
    topic.state_revision, topic.last_post, topic.last_post_at = topic.revision, post, post.created
    topic.save(update_fields=["post_count", "last_number", "state_revision", "last_post", "last_post_at"])
    if announce:
        spread(post)
    else:
        note_author(post)
    return post


def sent_before(*, author: Any, client_key: UUID | None, text: str, posts: QuerySet[Post]) -> Post | None:
    """The post that this very form has written already; call it with topic or space locked.

    The same key with another text is no repetition: somebody went back in the browser and wrote more. Another key with
    the same text is one, where it would stand right behind itself (the last of ``posts``): the form was open twice.
    """
    if client_key is None:
        return None
    own = Post.objects.select_related("topic__space__workgroup").filter(author=author, deleted__isnull=True)
    last = posts.order_by("-pk").values("pk")[:1]
    again = Q(pk__in=last, created__gt=timezone.now() - OPEN_TWICE)
    known = own.filter(Q(client_key=client_key) | again)
    return next((post for post in known if post.text == text), None)


def _unused(author: Any, client_key: UUID | None) -> UUID | None:
    if client_key is None or Post.objects.filter(author=author, client_key=client_key).exists():
        return None
    return client_key


@transaction.atomic
def edit_post(*, post: Post, visitor: Visitor, text: str) -> Post:
    """Change the text of an own post; it is shown as edited, readers get the new text, and whom it names now is told.

    Nothing happens when the text is the same. Raises :class:`ForumRefusal`.
    """
    text = checked_text(text)
    post = _locked_post(post, visitor)
    insist(may_edit_post(visitor, post))
    forget_change(visitor=visitor, post=post)
    if post.text == text:
        return post
    before = post.text
    mentions = find_mentions(text, post.topic.space)
    keep_mentions(post, mentions, anew=True)
    post.set_text(text, addresses_of(mentions, post.topic.space))
    post.edited = timezone.now()
    post.revision = next_revision(post.topic)
    post.save(update_fields=[*TEXT_FIELDS, "edited", "revision"])
    note_examples(post, before=before)
    if post.topic.solved_post_id == post.pk:  # quoted below the title
        post.topic.state_revision = post.revision
        post.topic.save(update_fields=["state_revision"])
    searching.index_post(post)
    mails.tell_of_mentions(post)
    return post


@transaction.atomic
def delete_post(*, post: Post, visitor: Visitor, reason: str = "") -> Post:
    """Take the text away; the place stays. The only post of a topic takes the topic with it.

    A manager who deletes somebody else's post gives a ``reason``, which is shown there, logged and told to its author.
    Raises :class:`ForumRefusal`.
    """
    post = _locked_post(post, visitor)
    insist(may_delete_post(visitor, post))
    reason = reason.strip()[:500]
    if post.author_id != visitor.person_id:
        if not reason:
            raise ForumRefusal(_("Bitte begründen Sie, warum Sie den Beitrag löschen."), field="reason")
        audit.record(
            action="forum.post_deleted",
            actor=visitor.person,
            subject=post.author,
            reason=reason,
            title=post.topic.title,
        )
        mails.tell_of_deletion(post, post.topic, reason=reason)
    else:
        reason = ""
    post.mentions.all().delete()
    post.set_text("")
    post.deleted, post.deleted_by, post.deletion_reason = timezone.now(), visitor.person, reason
    post.save(update_fields=[*TEXT_FIELDS, "deleted", "deleted_by", "deletion_reason"])
    forget_post(post)
    _count_out(post)
    return post


def _count_out(post: Post) -> None:
    """Counters, last post and accepted answer of the topic after a post was deleted."""
    topic = post.topic
    last = topic.posts.filter(deleted__isnull=True).order_by("-number").first()
    if last is None:
        erase_topic(topic=topic, reason=post.deletion_reason)
        return
    topic.last_post, topic.last_post_at, topic.post_count = last, last.created, topic.post_count - 1
    if topic.solved_post_id == post.pk:
        topic.solved_post = None
    post.revision = topic.state_revision = next_revision(topic)
    post.save(update_fields=["revision"])
    topic.save(update_fields=["last_post", "last_post_at", "post_count", "solved_post", "state_revision"])
    searching.index_post(post)


def erase_topic(*, topic: Topic, reason: str) -> None:
    """Delete a topic with all its posts, without asking; call it with the topic locked.

    ``reason``: why somebody else's topic goes, shown in its place; empty for an own one.
    """
    now = timezone.now()
    Draft.objects.filter(topic=topic, post__isnull=False).delete()
    PostMention.objects.filter(post__topic=topic).delete()
    topic.polls.all().delete()
    topic.posts.filter(deleted__isnull=True).update(text="", plain="", html="", deleted=now)
    topic.deleted, topic.deletion_reason, topic.solved_post, topic.post_count = now, reason, None, 0
    topic.has_polls = False
    topic.save(update_fields=["deleted", "deletion_reason", "solved_post", "post_count", "has_polls"])
    forget_topic(topic)
    searching.forget_topic(topic)
    topic_deleted(topic)


def _locked_post(post: Post, visitor: Visitor) -> Post:
    topic = locked(post.topic, visitor)
    fresh: Post = Post.objects.select_related("author").get(pk=post.pk)
    fresh.topic = topic
    return fresh
