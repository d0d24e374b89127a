"""What is left to read: the writer adds a post for everybody who may read it, the reader takes away what was shown.

Nobody counts when a page is read. Rows are written in the order of persons for one topic and in the order of topics for
one person, so that writers and readers wait for each other without ever waiting in a circle.
"""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import CharField, F, Func, IntegerField, Q, QuerySet, Value
from django.db.models.functions import Cast, Greatest

from dkbm.core.number_ranges import NumberRanges, Without
from dkbm.notifications.domain.reading import read_kinds, read_things
from dkbm.notifications.domain.telling import bundle_of_topic
from dkbm.tenancy.context import require_network
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor
from forum.domain.queries.unread import news_of, readers_of_space
from forum.enums import ACCEPTED_KIND, MENTION_KIND, REPLY_KIND, TOPIC_KIND
from forum.models import Post, ReadState, Topic

FIRST = 1
"""Number of the post that begins a topic."""

_SPREAD = """
INSERT INTO forum_readstate AS state (network_id, person_id, topic_id, space_id, wrote, unread, newest, shown)
SELECT %s, person_id, %s, %s, is_author,
       CASE WHEN is_author THEN '{{}}' ELSE int4multirange(int4range(%s, %s)) END,
       CASE WHEN is_author THEN NULL ELSE %s END, CASE WHEN is_author THEN %s ELSE 0 END
FROM (SELECT person_id, person_id = %s AS is_author FROM ({readers}) AS reader) AS told ORDER BY person_id
ON CONFLICT (person_id, topic_id) DO UPDATE
SET wrote = state.wrote OR excluded.wrote, unread = state.unread + excluded.unread,
    newest = coalesce(excluded.newest, state.newest),
    shown = CASE WHEN isempty(state.unread) THEN greatest(state.shown, excluded.shown) ELSE state.shown END
"""


def spread(post: Post) -> None:
    """The post is news to all who may read it now but its author. Call it with the topic locked; one query.

    An author who has seen everything above has also seen the own post.
    """
    topic = post.topic
    readers, of_readers = readers_of_space(topic.space).order_by().values("person_id").query.sql_with_params()
    where = (require_network().id, topic.pk, topic.space_id)
    what = (post.number, post.number + 1, post.created, post.number)
    with connection.cursor() as cursor:
        cursor.execute(_SPREAD.format(readers=readers), (*where, *what, post.author_id, *of_readers))


def note_author(post: Post) -> None:
    """Remember who wrote a post that is nobody's news, such as one that was imported; one query."""
    if post.author_id is None:
        return
    topic = post.topic
    row = ReadState(person_id=post.author_id, topic=topic, space_id=topic.space_id, wrote=True)
    ReadState.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["person", "topic"], update_fields=["wrote"]
    )


@transaction.atomic
def mark_read(*, visitor: Visitor, topic: Topic, numbers: NumberRanges) -> None:
    """The visitor was shown the posts with these numbers, in whatever order. At most five queries."""
    if not numbers:
        return
    visitor.forget()
    _read_what_was_told(visitor, topic, numbers)
    seen = numbers[-1][-1]
    rows = ReadState.objects.filter(person_id=visitor.person_id, topic=topic)
    if rows.update(unread=Without(F("unread"), numbers), shown=Greatest(F("shown"), Value(seen))):
        return
    first = ReadState(person=visitor.person, topic=topic, space_id=topic.space_id, shown=seen)
    ReadState.objects.bulk_create([first], ignore_conflicts=True)


def _read_what_was_told(visitor: Visitor, topic: Topic, numbers: NumberRanges) -> None:
    """What the visitor was told of these posts, and of the topic that the first one begins, is read as well."""
    bundle = bundle_of_topic(topic.pk)
    shown = Q()
    for some in numbers:
        shown |= Q(number__gte=some[0], number__lte=some[-1])
    posts = Post.objects.filter(shown, topic=topic).order_by().values(key=Cast("pk", CharField()))
    read_things(person=visitor.person, label=Post._meta.label_lower, keys=posts, bundle=bundle)
    if numbers[0][0] == FIRST:
        read_things(person=visitor.person, label=Topic._meta.label_lower, keys=[str(topic.pk)], bundle=bundle)


@transaction.atomic
def mark_all_read(*, visitor: Visitor) -> int:
    """Nothing is new any more, in any space that the visitor may read. Returns the number of topics."""
    visitor.forget()
    read_kinds(person=visitor.person, kinds=[REPLY_KIND, TOPIC_KIND, MENTION_KIND, ACCEPTED_KIND])
    last = Func(F("unread"), function="upper", output_field=IntegerField()) - 1
    rows = ReadState.objects.filter(pk__in=_locked(news_of(visitor), "topic_id"))
    return rows.update(unread=(), shown=Greatest(F("shown"), last))


@transaction.atomic
def forget_post(post: Post) -> None:
    """A deleted post is nobody's news any more. Call it with the topic locked."""
    number = (range(post.number, post.number + 1),)
    news = ReadState.objects.filter(topic=post.topic, unread_count__gt=0)
    ReadState.objects.filter(pk__in=_locked(news, "person_id")).update(unread=Without(F("unread"), number))


@transaction.atomic
def forget_topic(topic: Topic) -> None:
    """Nothing in a deleted topic is news. Call it with the topic locked."""
    news = ReadState.objects.filter(topic=topic, unread_count__gt=0)
    ReadState.objects.filter(pk__in=_locked(news, "person_id")).update(unread=())


@transaction.atomic
def forget_reader(membership: Membership) -> None:
    """Whoever comes back one day begins anew."""
    ReadState.objects.filter(pk__in=_locked(ReadState.objects.filter(person=membership.person_id), "topic_id")).delete()


def _locked(rows: QuerySet[ReadState], by: str) -> list[int]:
    return list(rows.order_by(by).select_for_update().values_list("pk", flat=True))
