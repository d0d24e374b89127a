"""Who is told of what happens in the forum."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.queries.people import profiles_for
from dkbm.accounts.models import with_mailbox
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.domain.wishes import asked_for
from dkbm.notifications.enums import Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.scopes import Within
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_with
from forum.models import Post, Topic
from forum.rules import may_read_space
from forum.text import excerpt
from workgroups.rules import remember_groups_of

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
    wrote = set(topic.posts.filter(author__isnull=False).values_list("author_id", flat=True))
    concerned = (wrote | asked_for(kind=REPLY_KIND, scope=within)) - {post.author_id}
    if not concerned:
        return
    card = profiles_for([post.author_id]).get(post.author_id) if post.author_id else None
    tell(
        kind=REPLY_KIND,
        people=_readers(topic, concerned),
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


def _readers(topic: Topic, person_ids: set[UUID]) -> list[Any]:
    """Those of the people who may read the topic today and have a mailbox."""
    members = Membership.objects.select_related("person").filter(
        with_mailbox("person"), person_id__in=person_ids, state=MembershipState.ACTIVE
    )
    visitors = [visitor_with(each) for each in members]
    remember_groups_of(visitors)
    return [visitor.person for visitor in visitors if may_read_space(visitor, topic.space)]
