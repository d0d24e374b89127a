"""Threads of the bound network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from dkbm.cms.domain.tags import tags_by_slug
from dkbm.cms.models import NetworkTag
from dkbm.imports.domain.authors import Authors
from dkbm.imports.domain.ledger import Ledger
from dkbm.imports.domain.naming import naming, paragraphs
from dkbm.imports.references import COMMON_SPACE
from dkbm.imports.schemas.forum import TopicEntry
from forum.domain.imports import ImportedPost, ImportedTopic, import_topic, imported_into
from forum.domain.spaces import network_space, space_of
from forum.models import Space, Topic
from workgroups.models import Workgroup

FIRST_POST = time(8, 40)
BETWEEN_POSTS = timedelta(minutes=35)
"""The files name days alone; posts of one day keep their order by these."""


def load_threads(entries: Sequence[TopicEntry], authors: Authors, *, file: str = "forum_topics.yaml") -> None:
    """Create or update by group and slug, without telling anybody; what members wrote since stays.

    A thread is known by its AG, in whichever space of the AG and its sub-groups it stands.
    """
    tags, ledger = tags_by_slug(), Ledger("forenthema")
    places = Topic.objects.values_list("space__workgroup__parent__slug", "space__slug", "slug")
    present = {f"{group}/{slug}" for ag, space, slug in places for group in (ag, space)}
    for entry in entries:
        key = f"{entry.workgroup}/{entry.slug}"
        with naming(file, entry.slug):
            if not ledger.is_loaded(key, entry, present=present):
                _load(entry, authors, tags)
                ledger.note(key, entry)


def _load(entry: TopicEntry, authors: Authors, tags: dict[str, NetworkTag]) -> Topic:
    opening = ImportedPost(authors.find(entry.author), moment(entry.created, 0), paragraphs(entry.post))
    replies = [
        ImportedPost(authors.find(reply.author), moment(reply.date, number), paragraphs(reply.text), reply.accepted)
        for number, reply in enumerate(entry.replies, start=1)
    ]
    thread = ImportedTopic(
        slug=entry.slug,
        title=entry.title,
        opening=opening,
        replies=replies,
        is_question=entry.solved or "?" in entry.title,
        tags=[tags[slug] for slug in entry.tags],
    )
    return import_topic(space=_space_of(entry), thread=thread)


def _space_of(entry: TopicEntry) -> Space:
    """Where the thread stands already, since its address stays; a new one goes to the sub-group that worked then."""
    own = space_for(entry.workgroup)
    spaces = [own, *Space.objects.filter(workgroup__parent__slug=entry.workgroup)]
    return imported_into(spaces, entry.slug) or _subgroup_space(entry) or own


def _subgroup_space(entry: TopicEntry) -> Space | None:
    """``None`` when the sub-group came out of the thread, as many do, or had closed before."""
    groups = Workgroup.objects.filter(slug=entry.subgroup, parent__slug=entry.workgroup, founded__lte=entry.created)
    group = groups.exclude(closed__lt=entry.created).first()
    return space_of(group) if group else None


def space_for(slug: str) -> Space:
    """The space of the group with this slug, or the one for all members."""
    return network_space() if slug == COMMON_SPACE else space_of(Workgroup.objects.get(slug=slug))


def moment(day: date, position: int) -> datetime:
    """A working hour of that day, later for later posts of a thread."""
    return timezone.make_aware(datetime.combine(day, FIRST_POST)) + BETWEEN_POSTS * position
