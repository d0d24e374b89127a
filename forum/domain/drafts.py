"""What people are writing, kept on the server: one draft a person and place, until it is sent or thrown away."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor
from forum.enums import DRAFT_DAYS, MAX_DRAFT, MAX_DRAFT_LINE
from forum.errors import ForumRefusal, insist
from forum.models import Draft, Post, Space, Topic
from forum.rules import may_read_space


@dataclass(frozen=True)
class DraftData:
    """``client_key``: of the form, by which a form that was sent is known."""

    text: str
    title: str = ""
    is_question: bool | None = None
    tags: str = ""
    client_key: UUID | None = None


@transaction.atomic
def save_draft(
    *, visitor: Visitor, space: Space, data: DraftData, topic: Topic | None = None, post: Post | None = None
) -> Draft | None:
    """Keep it in place of the one before; without a word in it there is none any more.

    What comes late, after the form was sent, is nothing. Raises :class:`ForumRefusal`.
    """
    insist(may_read_space(visitor, space))
    if len(data.text) > MAX_DRAFT or max(len(data.title), len(data.tags)) > MAX_DRAFT_LINE:
        raise ForumRefusal(_("Dieser Entwurf ist zu lang, um ihn zu speichern."))
    place = {"person": visitor.person, "space": space, "topic": topic, "post": post}
    if _says_nothing(data, post) or _was_sent(data, visitor):
        Draft.objects.filter(**_found_at(visitor, space, topic, post)).delete()
        return None
    draft, _new = Draft.objects.update_or_create(**place, defaults={**asdict(data), "saved": timezone.now()})
    return draft


def _says_nothing(data: DraftData, post: Post | None) -> bool:
    unchanged = post is not None and data.text.replace("\r\n", "\n").strip() == post.text
    return unchanged or not (data.text.strip() or data.title.strip())


def _was_sent(data: DraftData, visitor: Visitor) -> bool:
    if data.client_key is None:
        return False
    return Post.objects.filter(author_id=visitor.person_id, client_key=data.client_key).exists()


def _found_at(visitor: Visitor, space: Space, topic: Topic | None, post: Post | None) -> dict[str, object]:
    found: dict[str, object] = {"person_id": visitor.person_id, "space": space}
    found |= {"topic": topic} if topic else {"topic__isnull": True}
    return found | ({"post": post} if post else {"post__isnull": True})


def forget_draft(*, visitor: Visitor, space: Space, client_key: UUID | None, topic: Topic | None = None) -> None:
    """The form with this key was sent. What somebody is writing in another form, or answers by mail meanwhile, is kept.

    One query, none for what came from no form.
    """
    if client_key is not None and not visitor.is_automatic:
        Draft.objects.filter(**_found_at(visitor, space, topic, None), client_key=client_key).delete()


def forget_change(*, visitor: Visitor, post: Post) -> None:
    """The other text of the post was sent."""
    Draft.objects.filter(person_id=visitor.person_id, post=post).delete()


def drop_draft(*, draft: Draft, visitor: Visitor) -> None:
    """Throw an own draft away."""
    Draft.objects.filter(pk=draft.pk, person_id=visitor.person_id).delete()


def forget_writer(membership: Membership) -> None:
    """Whoever leaves the network leaves nothing half written."""
    Draft.objects.filter(person_id=membership.person_id).delete()


def forget_old_drafts() -> int:
    """Delete those that nobody has gone on with for ``DRAFT_DAYS``, in the bound network; returns how many."""
    old = Draft.objects.filter(saved__lt=timezone.now() - timedelta(days=DRAFT_DAYS))
    return old.delete()[0]
