"""What the search index holds of topics."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dkbm.cms.models import NetworkTag
from dkbm.search.domain.index import index_object, remove_object
from dkbm.search.enums import Visibility
from dkbm.search.facets import TAG, FacetValue, tag_values
from dkbm.search.registry import Entry
from forum.facets import SPACE
from forum.models import Topic
from workgroups.facets import WORKGROUP, workgroup_values

TYPE = "topic"


def index_topic(topic: Topic) -> None:
    """Write the topic's entry of the search index anew."""
    texts = topic.posts.filter(deleted__isnull=True).order_by("number").values_list("plain", flat=True)
    tags = topic.tags.all()
    index_object(type=TYPE, key=str(topic.pk), entry=entry_of(topic, list(texts), tags))


def forget_topic(topic: Topic) -> None:
    """It is found no more."""
    remove_object(type=TYPE, key=str(topic.pk))


def entry_of(topic: Topic, texts: list[str], tags: Iterable[NetworkTag]) -> Entry:
    """What the search knows of a topic: title, its posts as plain ``texts``, tags; found by who may read the space."""
    space = topic.space
    return Entry(
        type=TYPE,
        key=str(topic.pk),
        slug=topic.slug,
        title=topic.title,
        body="\n".join(texts),
        url=topic.get_absolute_url(),
        visibility=Visibility.GROUP if space.workgroup_id else Visibility.MEMBERS,
        group_id=space.workgroup_id,
        date=topic.last_post_at,
        facets={
            TAG: tag_values(tags),
            SPACE: [FacetValue(space.slug, space.title)],
            WORKGROUP: workgroup_values(space.workgroup),
        },
    )


def all_entries() -> Iterator[Entry]:
    """Entries of all topics of the bound network."""
    topics = Topic.objects.filter(deleted__isnull=True).select_related("space__workgroup__parent")
    for topic in topics.prefetch_related("posts", "tags").order_by("pk").iterator(chunk_size=100):
        texts = [post.plain for post in topic.posts.all() if not post.deleted]
        yield entry_of(topic, texts, topic.tags.all())
