"""Who is told of a change: mails and the search index in its transaction, readers of the page after the commit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.cms.models import NetworkTag
from dkbm.core.commits import on_commit_robust
from dkbm.notifications.domain.outbox import notify
from dkbm.search.domain.index import index_object, remove_object
from dkbm.search.enums import EntryType, Visibility
from dkbm.search.facets import TAG, FacetValue, tag_values
from dkbm.search.registry import Entry
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from forum.facets import SPACE
from forum.live import tell_posts, tell_state
from forum.models import Post, Topic
from forum.rules import may_read_space
from forum.text import excerpt
from workgroups.facets import WORKGROUP, workgroup_values
from workgroups.rules import remember_groups_of

REPLY_KIND = "forum-reply"


def post_published(post: Post) -> None:
    """Readers of the topic get the post after the commit."""
    on_commit_robust(partial(tell_posts, post.topic, [post]))


def posts_changed(topic: Topic, posts: list[Post]) -> None:
    """Give each changed post the next revision of its topic, and send them after the commit.

    Call it with the topic locked.
    """
    for post in posts:
        topic.revision += 1
        post.revision = topic.revision
        post.save(update_fields=["revision"])
    topic.save(update_fields=["revision"])
    on_commit_robust(partial(tell_posts, topic, posts))


def topic_closed(topic: Topic) -> None:
    sentence = _("Dieses Thema wurde abgeschlossen.") if topic.closed else _("Dieses Thema ist wieder offen.")
    on_commit_robust(partial(tell_state, topic, sentence))


def topic_deleted(topic: Topic) -> None:
    """It is found no more, and readers hear that it is gone."""
    remove_object(type=EntryType.TOPIC, key=str(topic.pk))
    on_commit_robust(partial(tell_state, topic, _("Dieses Thema wurde gelöscht.")))


def notify_writers(post: Post) -> None:
    """Queue a mail to everybody who wrote in the topic or follows it, may still read it, and did not write the post.

    Who has switched mails of this topic off gets none.
    """
    topic = post.topic
    wishes = dict(topic.subscriptions.values_list("person_id", "wanted"))
    wrote = set(topic.posts.filter(author__isnull=False).values_list("author_id", flat=True))
    wrote |= {person_id for person_id, wanted in wishes.items() if wanted}
    wrote -= {person_id for person_id, wanted in wishes.items() if not wanted} | {post.author_id}
    if not wrote:
        return
    card = profiles_for([post.author_id]).get(post.author_id) if post.author_id else None
    context = {
        "writer": card.name if card else _("Jemand"),
        "writer_line": card.line if card else "",
        "title": topic.title,
        "space": topic.space.title,
        "excerpt": excerpt(post.text, 600),
    }
    for person in _readers(topic, wrote):
        notify(
            kind=REPLY_KIND,
            recipient=person,
            path=post.get_absolute_url(),
            cause=post,
            context=context,
            key=f"{REPLY_KIND}:{post.pk}:{person.pk}",
        )


def _readers(topic: Topic, person_ids: set[UUID]) -> list[Any]:
    """Those of the people who may read the topic today and have a mailbox."""
    members = Membership.objects.select_related("person").filter(
        person_id__in=person_ids,
        state=MembershipState.ACTIVE,
        person__is_active=True,
        person__stands_for_function=False,
    )
    visitors = [visitor_of(each.person, each) for each in members]
    remember_groups_of(visitors)
    return [visitor.person for visitor in visitors if may_read_space(visitor, topic.space)]


def index_topic(topic: Topic) -> None:
    """Write the topic's entry of the search index anew."""
    texts = topic.posts.filter(deleted__isnull=True).order_by("number").values_list("plain", flat=True)
    tags = topic.tags.order_by("name")
    index_object(type=EntryType.TOPIC, key=str(topic.pk), entry=entry_of(topic, list(texts), tags))


def entry_of(topic: Topic, texts: list[str], tags: Iterable[NetworkTag]) -> Entry:
    """What the search knows of a topic: title, its posts as plain ``texts``, tags; found by who may read the space."""
    space = topic.space
    return Entry(
        type=EntryType.TOPIC,
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
        yield entry_of(topic, texts, sorted(topic.tags.all(), key=lambda tag: tag.name))
