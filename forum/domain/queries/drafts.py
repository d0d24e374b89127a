"""Drafts of a person."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from dkbm.tenancy.visitor import Visitor
from forum.models import Draft, Post, Space
from forum.rules import may_read_space


@dataclass(frozen=True)
class DraftRow:
    """``place``: where it belongs, and ``url``: where one goes on; empty where the person may not read any more."""

    draft: Draft
    place: str
    url: str


def my_drafts(visitor: Visitor) -> list[DraftRow]:
    """The latest first. Two queries."""
    drafts = Draft.objects.filter(person_id=visitor.person_id)
    rows = drafts.select_related("space__workgroup__parent", "topic", "post").order_by("-saved")
    return [_row(draft, visitor) for draft in rows]


def _row(draft: Draft, visitor: Visitor) -> DraftRow:
    topic = draft.topic
    if not may_read_space(visitor, draft.space) or (topic is not None and topic.deleted):
        return DraftRow(draft, "", "")
    if topic is not None:
        topic.space = draft.space
    return DraftRow(draft, topic.title if topic else draft.space.title, address_of(draft))


def address_of(draft: Draft) -> str:
    """The page with its form. Needs ``space`` and ``topic`` loaded."""
    topic = draft.topic
    if topic is None:
        return reverse("forum:new_topic", args=[draft.space.slug])
    if draft.post_id is not None:
        return reverse("forum:edit_post", args=[draft.space.slug, topic.pk, topic.slug, draft.post_id])
    return reverse("forum:topic", args=[draft.space.slug, topic.pk, topic.slug]) + "#antworten"


def draft_of_topic(space: Space, visitor: Visitor) -> Draft | None:
    """Of a new topic in the space."""
    return Draft.objects.filter(person_id=visitor.person_id, space=space, topic__isnull=True).first()


def draft_of_post(post: Post, visitor: Visitor) -> Draft | None:
    """Of another text of the post."""
    return Draft.objects.filter(person_id=visitor.person_id, post=post).first()


def find_draft(draft_id: int, visitor: Visitor) -> Draft | None:
    """An own one."""
    own = Draft.objects.filter(pk=draft_id, person_id=visitor.person_id)
    return own.select_related("space__workgroup__parent", "topic__space").first()
