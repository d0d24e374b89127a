"""Threads of the bound network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from dkbm.cms.domain.topics import topics_by_slug
from dkbm.cms.models import NetworkTag
from dkbm.demo.domain.authors import Authors
from dkbm.demo.domain.ledger import Ledger
from dkbm.demo.domain.naming import naming, paragraphs
from dkbm.demo.references import COMMON_SPACE
from dkbm.demo.schemas.forum import TopicEntry
from forum.domain.imports import ImportedPost, import_topic
from forum.domain.spaces import network_space, space_of
from forum.models import Space, Topic
from workgroups.models import Workgroup

FIRST_POST = time(8, 40)
BETWEEN_POSTS = timedelta(minutes=35)
"""The files name days alone; posts of one day keep their order by these."""


def load_threads(entries: Sequence[TopicEntry], authors: Authors, *, file: str = "forum_topics.yaml") -> None:
    """Create or update by space and slug, without telling anybody; what members wrote since stays."""
    tags, ledger = topics_by_slug(), Ledger("forenthema")
    present = {f"{space}/{slug}" for space, slug in Topic.objects.values_list("space__slug", "slug")}
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
    return import_topic(
        space=space_for(entry.workgroup),
        slug=entry.slug,
        title=entry.title,
        opening=opening,
        replies=replies,
        is_question=entry.solved or "?" in entry.title,
        tags=[tags[slug] for slug in entry.tags],
    )


def space_for(slug: str) -> Space:
    """The space of the group with this slug, or the one for all members."""
    return network_space() if slug == COMMON_SPACE else space_of(Workgroup.objects.get(slug=slug))


def moment(day: date, position: int) -> datetime:
    """A working hour of that day, later for later posts of a thread."""
    return timezone.make_aware(datetime.combine(day, FIRST_POST)) + BETWEEN_POSTS * position
