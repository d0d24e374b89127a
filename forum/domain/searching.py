"""What the search index holds of topics."""

from __future__ import annotations

from collections.abc import Iterator

from dkbm.search.domain.index import index_object, remove_object
from dkbm.search.enums import EntryType, Visibility
from dkbm.search.registry import Entry
from forum.models import Topic


def index_topic(topic: Topic) -> None:
    """Write the topic's entry of the search index anew."""
    texts = topic.posts.filter(deleted__isnull=True).order_by("number").values_list("plain", flat=True)
    tags = list(topic.tags.order_by("name").values_list("name", flat=True))
    index_object(type=EntryType.TOPIC, key=str(topic.pk), entry=entry_of(topic, list(texts), tags))


def forget_topic(topic: Topic) -> None:
    """It is found no more."""
    remove_object(type=EntryType.TOPIC, key=str(topic.pk))


def entry_of(topic: Topic, texts: list[str], tags: list[str]) -> Entry:
    """What the search knows of a topic: title, its posts as plain ``texts``, tags; found by who may read the space."""
    group_id = topic.space.workgroup_id
    return Entry(
        type=EntryType.TOPIC,
        key=str(topic.pk),
        slug=topic.slug,
        title=topic.title,
        body="\n".join(texts),
        url=topic.get_absolute_url(),
        visibility=Visibility.GROUP if group_id else Visibility.MEMBERS,
        group_id=group_id,
        date=topic.last_post_at,
        facets={"topic": tags, "space": [topic.space.title]} if tags else {"space": [topic.space.title]},
    )


def all_entries() -> Iterator[Entry]:
    """Entries of all topics of the bound network."""
    topics = Topic.objects.filter(deleted__isnull=True).select_related("space__workgroup__parent")
    for topic in topics.prefetch_related("posts", "tags").order_by("pk").iterator(chunk_size=100):
        texts = [post.plain for post in topic.posts.all() if not post.deleted]
        yield entry_of(topic, texts, [tag.name for tag in topic.tags.all()])
