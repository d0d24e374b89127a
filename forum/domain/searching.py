"""What the search index holds of topics: an entry for each page of a topic, which a reply writes alone.

A page of many long posts has several entries, so that each word of it is found.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from dkbm.cms.models import NetworkTag
from dkbm.search.domain.index import MAX_BODY, index_sections, remove_objects
from dkbm.search.enums import Visibility
from dkbm.search.facets import TAG, YEAR, FacetValue, tag_values, year_values
from dkbm.search.registry import Entry
from forum.enums import MAX_POST, POSTS_PER_PAGE
from forum.facets import SPACE
from forum.models import Post, Topic, page_of
from workgroups.facets import WORKGROUP, workgroup_values

TYPE = "topic"
MOST_SECTIONS = POSTS_PER_PAGE * (MAX_POST + 1) // (MAX_BODY - MAX_POST) + 1
"""So many entries a page may have: each but the last is full, up to one post."""


def index_topic(topic: Topic) -> None:
    """Write all entries of a topic anew: its title, tags or space have changed, or posts on many pages."""
    tags = topic.tags.all()
    for page in _pages(topic):
        _index_page(topic, page, tags)


def index_post(post: Post) -> None:
    """Write the entries of the page on which the post stands (or stood): it is new, changed or deleted."""
    _index_page(post.topic, post.page, post.topic.tags.all())


def forget_topic(topic: Topic) -> None:
    """It is found no more."""
    remove_objects(type=TYPE, keys=[key for page in _pages(topic) for key in _keys(topic, page)])


def all_entries() -> Iterator[Entry]:
    """Entries of all topics of the bound network, reading one page of one topic at a time."""
    topics = Topic.objects.filter(deleted__isnull=True).select_related("space__workgroup__parent")
    for topic in topics.prefetch_related("tags").order_by("pk").iterator(chunk_size=100):
        for page in _pages(topic):
            yield from _entries(topic, page, topic.tags.all())


def written_topics(person_id: UUID, keys: Collection[str]) -> list[str]:
    """Topics in which the person has written: they know them."""
    posts = Post.objects.filter(author=person_id, topic__in=keys).order_by()
    return [str(pk) for pk in posts.values_list("topic_id", flat=True).distinct()]


def _index_page(topic: Topic, page: int, tags: Iterable[NetworkTag]) -> None:
    index_sections(type=TYPE, keys=_keys(topic, page), entries=list(_entries(topic, page, tags)))


def _pages(topic: Topic) -> range:
    return range(1, page_of(topic.last_number) + 1)


def _keys(topic: Topic, page: int) -> list[str]:
    """``17`` and ``17/1/2`` … of the first page, ``17/2`` and ``17/2/2`` … of the second; all that it may have."""
    first = f"{topic.pk}/{page}" if page > 1 else f"{topic.pk}"
    return [first, *(f"{topic.pk}/{page}/{number}" for number in range(2, MOST_SECTIONS + 1))]


def _entries(topic: Topic, page: int, tags: Iterable[NetworkTag]) -> Iterator[Entry]:
    """Of a page without living posts none; but the first page keeps one, by which the title is found."""
    until = page * POSTS_PER_PAGE
    living = topic.posts.filter(deleted__isnull=True, number__gt=until - POSTS_PER_PAGE, number__lte=until)
    posts = list(living.order_by("number").values_list("plain", "created"))
    sections = list(_sections(posts)) or ([[("", topic.created)]] if page == 1 else [])
    for key, section in zip(_keys(topic, page), sections, strict=False):
        yield _entry(topic, page, key, section, tags)


def _sections(posts: Sequence[tuple[str, datetime]]) -> Iterator[list[tuple[str, datetime]]]:
    """The posts in as many lists as needed for an entry to keep all texts of one."""
    section: list[tuple[str, datetime]] = []
    length = 0
    for post in posts:
        if section and length + len(post[0]) + 1 > MAX_BODY:
            yield section
            section, length = [], 0
        section.append(post)
        length += len(post[0]) + 1
    if section:
        yield section


def _entry(
    topic: Topic, page: int, key: str, section: Sequence[tuple[str, datetime]], tags: Iterable[NetworkTag]
) -> Entry:
    """Title, texts and tags; found by who may read the space.

    The address names the first page too: without one, a topic opens where its reader has stopped.
    """
    space = topic.space
    latest = max(created for _text, created in section)
    return Entry(
        type=TYPE,
        key=key,
        slug=topic.slug,
        title=topic.title,
        body="\n".join(text for text, _created in section),
        url=f"{topic.get_absolute_url()}?seite={page}",
        visibility=Visibility.GROUP if space.workgroup_id else Visibility.MEMBERS,
        group_id=space.workgroup_id,
        date=latest,
        facets={
            TAG: tag_values(tags),
            SPACE: [FacetValue(space.slug, space.title)],
            WORKGROUP: workgroup_values(space.workgroup),
            YEAR: year_values(timezone.localtime(latest).year),
        },
        continues=key != str(topic.pk),
    )
