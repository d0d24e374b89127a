"""Who is told of what happens in the forum."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.queries.people import PersonCard, profiles_for
from dkbm.accounts.models import with_mailbox
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.domain.telling_many import tell_many
from dkbm.notifications.domain.wishes import asked_for
from dkbm.notifications.enums import Rule, Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.scopes import Within
from forum.domain.queries.unread import readers_of_space
from forum.enums import DELETED_KIND, REPLY_KIND, TOPIC_KIND
from forum.models import Post, ReadState, Topic
from forum.text import excerpt
from workgroups.domain.queries.groups import people_of, seats_in


def _posts() -> QuerySet[Post]:
    posts: QuerySet[Post] = Post.objects.filter(deleted__isnull=True)
    return posts


def _topics() -> QuerySet[Topic]:
    topics: QuerySet[Topic] = Topic.objects.filter(deleted__isnull=True)
    return topics


KINDS = (
    Kind(
        REPLY_KIND,
        _("Antwort in einem Thema"),
        _("Re: %(title)s"),
        sentence=_("%(writer)s hat auf „%(title)s“ geantwortet."),
        scope=Scope.TOPIC,
        optional=True,
        by_group=True,
        answered=Topic._meta.label_lower,
        things=_posts,
    ),
    Kind(
        TOPIC_KIND,
        _("Neues Thema in einer Gruppe"),
        _("%(title)s"),
        sentence=_("%(writer)s hat in „%(space)s“ ein Thema begonnen: „%(title)s“."),
        scope=Scope.GROUP,
        optional=True,
        by_group=True,
        answered=Topic._meta.label_lower,
        things=_topics,
    ),
    Kind(
        DELETED_KIND,
        _("Gelöschter Beitrag"),
        _("Ihr Beitrag wurde gelöscht: %(title)s"),
        sentence=_("Die Netzwerkleitung hat gelöscht, was Sie in „%(title)s“ geschrieben haben."),
    ),
)


def tell_of_reply(post: Post) -> None:
    """Tell all who belong to the topic's group, wrote in it or follow it, and may still read it; not its writer.

    In a space of the whole network those alone who wrote in the topic or follow it.
    """
    topic, group = post.topic, post.topic.space.workgroup
    within = Within(group=topic.space.workgroup_id, topic=topic.pk)
    asked = asked_for(kind=REPLY_KIND, scope=within)
    readers = readers_of_space(topic.space).annotate(
        has_written=Exists(ReadState.objects.filter(topic=topic, person=OuterRef("person"), wrote=True))
    )
    concerned = Q(has_written=True) | Q(person__in=asked) | Q(person__in=seats_in(group))
    readers = readers.filter(with_mailbox("person"), concerned).exclude(person=post.author_id)
    people = dict(readers.order_by("person").values_list("person", "has_written"))
    if not people:
        return
    card = _writer(post)
    tell_many(
        kind=REPLY_KIND,
        people=list(people),
        about=post,
        scope=within,
        path=post.get_absolute_url(),
        context=_context(post, card),
        because={person_id: Rule.WROTE for person_id, has_written in people.items() if has_written},
        sender=card.name if card else "",
    )


def tell_of_topic(post: Post) -> None:
    """Tell the members of the group of a topic that this post begins, or of the whole network where it has none."""
    topic, group = post.topic, post.topic.space.workgroup
    within = Within(group=topic.space.workgroup_id)
    readers = readers_of_space(topic.space).filter(with_mailbox("person")).exclude(person=post.author_id)
    offices: set[UUID] = set()
    if group is not None:
        inside, offices = people_of(group)
        readers = readers.filter(person__in=inside | asked_for(kind=TOPIC_KIND, scope=within))
    card = _writer(post)
    tell_many(
        kind=TOPIC_KIND,
        people=list(readers.order_by("person").values_list("person", flat=True)),
        about=topic,
        scope=Within(group=within.group, topic=topic.pk),
        path=topic.get_absolute_url(),
        context=_context(post, card),
        because=dict.fromkeys(offices, Rule.OFFICE),
        sender=card.name if card else "",
    )


def _writer(post: Post) -> PersonCard | None:
    """``None`` for one who has left."""
    return profiles_for([post.author_id]).get(post.author_id) if post.author_id else None


def tell_of_deletion(thing: Post | Topic, topic: Topic, *, reason: str) -> None:
    """Tell who wrote it, as long as they may read the reason in its place."""
    readers = readers_of_space(topic.space).filter(with_mailbox("person"), person=thing.author_id)
    tell(
        kind=DELETED_KIND,
        people=[reader.person for reader in readers.select_related("person")],
        about=thing,
        path=topic.get_absolute_url(),
        context={"title": topic.title, "reason": reason},
    )


def _context(post: Post, card: PersonCard | None) -> dict[str, str]:
    group = post.topic.space.workgroup
    return {
        "writer": card.name if card else str(_("Jemand")),
        "writer_line": card.line if card else "",
        "title": post.topic.title,
        "space": post.topic.space.title,
        "excerpt": "" if group and group.mails_link_only else excerpt(post.text, 600),
    }
