"""Who is told of what happens in the forum."""

from __future__ import annotations

from collections.abc import Collection
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
from dkbm.tenancy.visitor import Visitor
from forum.domain.mentions import SIGN, people_named
from forum.domain.queries.unread import readers_of_space
from forum.enums import ACCEPTED_KIND, DELETED_KIND, MENTION_KIND, POLL_KIND, REPLY_KIND, TOPIC_KIND
from forum.models import Poll, Post, ReadState, Topic
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
        MENTION_KIND,
        _("Nennung in einem Beitrag"),
        _("Sie wurden genannt: %(title)s"),
        sentence=_("%(writer)s hat Sie in „%(title)s“ genannt."),
        scope=Scope.TOPIC,
        optional=True,
        answered=Topic._meta.label_lower,
        things=_posts,
    ),
    Kind(
        ACCEPTED_KIND,
        _("Ihre Antwort hat geholfen"),
        _("Ihre Antwort hat geholfen: %(title)s"),
        sentence=_("%(writer)s hat Ihre Antwort in „%(title)s“ hervorgehoben: Sie hat geholfen."),
        scope=Scope.TOPIC,
        optional=True,
        things=_posts,
    ),
    Kind(
        POLL_KIND,
        _("Beendete Umfrage"),
        _("Umfrage beendet: %(question)s"),
        sentence=_("Die Umfrage „%(question)s“ in „%(title)s“ ist beendet."),
        scope=Scope.TOPIC,
        optional=True,
        by_group=True,
    ),
    Kind(
        DELETED_KIND,
        _("Gelöschter Beitrag"),
        _("Ihr Beitrag wurde gelöscht: %(title)s"),
        sentence=_("Die Netzwerkleitung hat gelöscht, was Sie in „%(title)s“ geschrieben haben."),
    ),
)


def tell_of_mentions(post: Post) -> set[UUID]:
    """Tell those whom the post names and who may read it, each once a post; not its writer. Returns who was told."""
    mentions = list(post.mentions.all()) if SIGN in post.text else []
    if not mentions:
        return set()
    topic = post.topic
    named = people_named(mentions, topic.space).exclude(person=post.author_id).select_related("person")
    people = [row.person for row in named.order_by("person")]
    card = _writer(post)
    told = tell(
        kind=MENTION_KIND,
        people=people,
        about=post,
        scope=_within(topic),
        path=post.get_absolute_url(),
        context=_context(post, card),
        because=dict.fromkeys((person.pk for person in people), Rule.MENTIONED),
        sender=card.name if card else "",
    )
    return {row.person_id for row in told}


def tell_of_accepted(topic: Topic, post: Post, *, by: Visitor) -> None:
    """Tell its author that the answer helped, as long as they may read it."""
    post.topic = topic
    readers = readers_of_space(topic.space).filter(with_mailbox("person"), person=post.author_id)
    card = profiles_for([by.person_id]).get(by.person_id) if by.person_id else None
    tell(
        kind=ACCEPTED_KIND,
        people=[reader.person for reader in readers.select_related("person")],
        about=post,
        scope=_within(topic),
        path=post.get_absolute_url(),
        context=_context(post, card),
    )


def tell_of_poll_ended(poll: Poll, *, by: UUID | None = None) -> None:
    """Tell whoever began it, voted or asked for it, and may still read it; not who has ended it (``by``)."""
    topic = poll.topic
    within = _within(topic)
    votes = poll.votes.exclude(choices=[]).exclude(person=None).order_by().values("person")
    concerned = Q(person__in=votes) | Q(person=poll.author_id) | Q(person__in=asked_for(kind=POLL_KIND, scope=within))
    readers = readers_of_space(topic.space).filter(with_mailbox("person"), concerned)
    people = readers.exclude(person=by) if by else readers
    tell_many(
        kind=POLL_KIND,
        people=list(people.order_by("person").values_list("person", flat=True)),
        about=poll,
        scope=within,
        path=f"{topic.get_absolute_url()}#umfrage-{poll.pk}",
        context={"question": poll.question, "title": topic.title, "space": topic.space.title, "result": _result(poll)},
    )


def _within(topic: Topic) -> Within:
    return Within(group=topic.space.workgroup_id, topic=topic.pk)


def _result(poll: Poll) -> str:
    """As lines; not for the mails of a group that wants them without what was written there."""
    group = poll.topic.space.workgroup
    if group and group.mails_link_only:
        return ""
    return "\n".join(f"{count} {option}" for option, count in zip(poll.options, poll.counts, strict=True))


def tell_of_reply(post: Post, *, without: Collection[UUID] = ()) -> None:
    """Tell all who belong to the topic's group, wrote in it or follow it, and may still read it; not its writer.

    In a space of the whole network those alone who wrote in the topic or follow it. ``without``: have been told.
    """
    topic, group = post.topic, post.topic.space.workgroup
    within = _within(topic)
    asked = asked_for(kind=REPLY_KIND, scope=within)
    readers = readers_of_space(topic.space).annotate(
        has_written=Exists(ReadState.objects.filter(topic=topic, person=OuterRef("person"), wrote=True))
    )
    concerned = Q(has_written=True) | Q(person__in=asked) | Q(person__in=seats_in(group))
    readers = readers.filter(with_mailbox("person"), concerned).exclude(person=post.author_id)
    people = dict(readers.order_by("person").values_list("person", "has_written"))
    people = {person_id: has_written for person_id, has_written in people.items() if person_id not in without}
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


def tell_of_topic(post: Post, *, without: Collection[UUID] = ()) -> None:
    """Tell the members of the group of a topic that this post begins, or of the whole network where it has none.

    ``without``: have been told.
    """
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
        people=[pk for pk in readers.order_by("person").values_list("person", flat=True) if pk not in without],
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
