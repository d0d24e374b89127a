"""Find a post helpful: once a person, counted at the post, and nobody is shown whose marks these are."""

from __future__ import annotations

from django.db import transaction

from dkbm.tenancy.visitor import Visitor
from forum.domain.posts import locked
from forum.domain.revisions import next_revision
from forum.errors import insist
from forum.models import HelpfulMark, Post
from forum.rules import may_find_helpful


@transaction.atomic
def set_helpful(*, post: Post, visitor: Visitor, wanted: bool) -> Post:
    """Mark it, or take the mark back. Raises :class:`ForumRefusal`."""
    topic = locked(post.topic, visitor)
    post = Post.objects.get(pk=post.pk)
    post.topic = topic
    insist(may_find_helpful(visitor, post))
    mine = HelpfulMark.objects.filter(post=post, person=visitor.person)
    if mine.exists() == wanted:
        return post
    if wanted:
        HelpfulMark.objects.create(post=post, person=visitor.person)
    else:
        mine.delete()
    post.helpful_count = post.helpful_marks.count()
    post.helpful_revision = topic.helpful_revision = next_revision(topic)
    post.save(update_fields=["helpful_count", "helpful_revision"])
    topic.save(update_fields=["helpful_revision"])
    return post
