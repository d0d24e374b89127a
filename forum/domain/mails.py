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
from forum.models import Post
from forum.text import excerpt

REPLY_KIND = "forum.reply"


def _posts() -> QuerySet[Post]:
    posts: QuerySet[Post] = Post.objects.filter(deleted__isnull=True)
    return posts


KINDS = (
    Kind(
        REPLY_KIND,
        _("Antwort in einem Thema"),
        _("%(writer)s hat geantwortet: %(title)s"),
        sentence=_("%(writer)s hat auf „%(title)s“ geantwortet."),
        scope=Scope.TOPIC,
        optional=True,
        things=_posts,
    ),
)


def tell_of_reply(post: Post) -> None:
    """Tell everybody who wrote in the topic or asked to be told, may still read it, and did not write the post."""
    topic = post.topic
    within = Within(group=topic.space.workgroup_id, topic=topic.pk)
    people = _concerned(post, asked_for(kind=REPLY_KIND, scope=within))
    if not people:
        return
    card = profiles_for([post.author_id]).get(post.author_id) if post.author_id else None
    tell_many(
        kind=REPLY_KIND,
        people=people,
        about=post,
        scope=within,
        path=post.get_absolute_url(),
        context={
            "writer": card.name if card else str(_("Jemand")),
            "writer_line": card.line if card else "",
            "title": topic.title,
            "space": topic.space.title,
            "excerpt": excerpt(post.text, 600),
        },
    )


def _concerned(post: Post, asked: set[UUID]) -> list[UUID]:
    """Those with a mailbox who may read the topic today, and wrote in it or ``asked``. One query."""
    wrote = Post.objects.filter(topic=post.topic, author__isnull=False).order_by().values("author")
    readers = readers_of_space(post.topic.space).filter(
        with_mailbox("person"), Q(person__in=wrote) | Q(person__in=asked)
    )
    return list(readers.exclude(person=post.author_id).order_by("person").values_list("person", flat=True))
