"""Who is told of what happens in the forum."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.accounts.models import with_mailbox
from dkbm.notifications.domain.telling_many import tell_many
from dkbm.notifications.domain.wishes import asked_for
from dkbm.notifications.enums import Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.scopes import Within
from forum.domain.queries.unread import readers_of_space
from forum.models import Post, Topic
from forum.text import excerpt
from workgroups.domain.queries.groups import people_of

REPLY_KIND = "forum.reply"
TOPIC_KIND = "forum.topic"


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
        _("%(writer)s hat geantwortet: %(title)s"),
        sentence=_("%(writer)s hat auf „%(title)s“ geantwortet."),
        scope=Scope.TOPIC,
        optional=True,
        answered=Topic._meta.label_lower,
        things=_posts,
    ),
    Kind(
        TOPIC_KIND,
        _("Neues Thema in einer Gruppe"),
        _("Neues Thema in %(space)s: %(title)s"),
        sentence=_("%(writer)s hat in „%(space)s“ ein Thema begonnen: „%(title)s“."),
        scope=Scope.GROUP,
        optional=True,
        quiet=True,
        answered=Topic._meta.label_lower,
        things=_topics,
    ),
)


def tell_of_reply(post: Post) -> None:
    """Tell everybody who wrote in the topic or asked to be told, may still read it, and did not write the post."""
    topic = post.topic
    within = Within(group=topic.space.workgroup_id, topic=topic.pk)
    people = _concerned(post, asked_for(kind=REPLY_KIND, scope=within))
    if not people:
        return
    tell_many(
        kind=REPLY_KIND,
        people=people,
        about=post,
        scope=within,
        path=post.get_absolute_url(),
        context=_context(post),
    )


def tell_of_topic(post: Post) -> None:
    """Tell the members of the group of a topic that this post begins; mails go to those in office and who follow.

    Topics of the whole network are told to nobody: all who may read them see on their pages what is new there.
    """
    topic, group = post.topic, post.topic.space.workgroup
    if group is None:
        return
    within = Within(group=group.pk)
    inside, offices = people_of(group)
    readers = readers_of_space(topic.space).filter(
        with_mailbox("person"), person__in=inside | asked_for(kind=TOPIC_KIND, scope=within)
    )
    tell_many(
        kind=TOPIC_KIND,
        people=list(readers.exclude(person=post.author_id).order_by("person").values_list("person", flat=True)),
        about=topic,
        scope=within,
        path=topic.get_absolute_url(),
        context=_context(post),
        mailed=offices,
    )


def _context(post: Post) -> dict[str, str]:
    card = profiles_for([post.author_id]).get(post.author_id) if post.author_id else None
    return {
        "writer": card.name if card else str(_("Jemand")),
        "writer_line": card.line if card else "",
        "title": post.topic.title,
        "space": post.topic.space.title,
        "excerpt": excerpt(post.text, 600),
    }


def _concerned(post: Post, asked: set[UUID]) -> list[UUID]:
    """Those with a mailbox who may read the topic today, and wrote in it or ``asked``. One query."""
    wrote = Post.objects.filter(topic=post.topic, author__isnull=False).order_by().values("author")
    readers = readers_of_space(post.topic.space).filter(
        with_mailbox("person"), Q(person__in=wrote) | Q(person__in=asked)
    )
    return list(readers.exclude(person=post.author_id).order_by("person").values_list("person", flat=True))
