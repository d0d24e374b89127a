"""The kinds of part of a topic's page. How to add one: platform/docs/contributing.md."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dkbm.core.decisions import Decision
from dkbm.tenancy.visitor import Visitor

from .domain.queries.thread import manage_rows, post_rows
from .domain.topics import mark_answer
from .errors import ForumRefusal
from .forms import MarkForm, PostForm, ReplyForm
from .live import rows_of, state_rows
from .models import Topic
from .parts import Action, Done, Part, rows_since, topic_since
from .rules import may_reply


@dataclass(frozen=True)
class ReplyRow:
    """The form for an answer, or why there is none. ``page``: of the topic, on which an error is shown."""

    topic: Topic
    decision: Decision
    form: PostForm
    page: int = 1


def reply_rows(topic: Topic, things: list[Topic], visitor: Visitor) -> list[ReplyRow]:
    """The one row of the form."""
    return [ReplyRow(topic, may_reply(visitor, topic), ReplyForm(topic=topic))]


def mark(*, topic: Topic, visitor: Visitor, beitrag: int | None) -> Done:
    """``beitrag`` is what helped; without it the mark goes. Raises :class:`ForumRefusal`."""
    if beitrag is None:
        mark_answer(topic=topic, post=None, visitor=visitor)
        return Done(_("Keine Antwort ist mehr hervorgehoben."), topic.get_absolute_url())
    post = topic.posts.filter(pk=beitrag).first()
    if post is None:
        raise ForumRefusal(_("Diesen Beitrag gibt es in diesem Thema nicht."))
    mark_answer(topic=topic, post=post, visitor=visitor)
    post.topic = topic
    return Done(_("Die Antwort ist hervorgehoben."), post.get_absolute_url())


PARTS = (
    Part(
        kind="post",
        template="forum/_post.html",
        changed_since=rows_since(lambda topic: topic.posts),
        rows=rows_of,
        rows_for=post_rows,
        actions={"mark": Action(MarkForm, mark)},
    ),
    Part(kind="state", template="forum/_state.html", changed_since=topic_since("state_revision"), rows=state_rows),
    Part(
        kind="reply", template="forum/_reply.html", changed_since=topic_since("closing_revision"), rows_for=reply_rows
    ),
    Part(
        kind="manage", template="forum/_manage.html", changed_since=topic_since("state_revision"), rows_for=manage_rows
    ),
)
