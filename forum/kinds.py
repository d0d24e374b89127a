"""The kinds of part of a topic's page. How to add one: platform/docs/contributing.md."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from dkbm.core.decisions import Decision
from dkbm.tenancy.visitor import Visitor

from .domain.helpful import set_helpful
from .domain.polls import close_poll, vote
from .domain.queries.polls import choice_rows, find_poll, poll_rows, polls_since, votes_since
from .domain.queries.thread import manage_rows, post_rows
from .domain.topics import mark_answer
from .errors import ForumRefusal
from .forms import HelpfulForm, MarkForm, PollActForm, PostForm, ReplyForm, VoteForm
from .live import rows_of, state_rows
from .models import Poll, Post, Topic
from .parts import Action, Done, Item, Part, rows_since, topic_since
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


def cast(*, topic: Topic, visitor: Visitor, umfrage: int, wahl: list[int], zurueck: bool) -> Done:
    """Vote: exactly these options, or none. Raises :class:`ForumRefusal`."""
    if not wahl and not zurueck:
        raise ForumRefusal(_("Bitte wählen Sie eine Antwort."))
    poll = _poll(topic, umfrage)
    vote(poll=poll, visitor=visitor, choices=[] if zurueck else wahl)
    text = _("Ihre Stimme ist zurückgezogen.") if zurueck else _("Ihre Stimme zählt.")
    return Done(text, f"{topic.get_absolute_url()}#umfrage-{poll.pk}")


def end(*, topic: Topic, visitor: Visitor, umfrage: int) -> Done:
    """Nobody votes any more. Raises :class:`ForumRefusal`."""
    poll = _poll(topic, umfrage)
    close_poll(poll=poll, visitor=visitor)
    return Done(_("Die Umfrage ist beendet."), f"{topic.get_absolute_url()}#umfrage-{poll.pk}")


@dataclass(frozen=True)
class HelpfulRow:
    """How many find a post helpful."""

    post: Post


def helpful_rows(topic: Topic, things: list[Post]) -> list[HelpfulRow]:
    return [HelpfulRow(post) for post in things]


def helpful_since(topic: Topic, revision: int, limit: int) -> list[Item]:
    """No query unless one of them has changed."""
    if topic.helpful_revision <= revision:
        return []
    changed = topic.posts.filter(helpful_revision__gt=revision, deleted__isnull=True).order_by("helpful_revision", "pk")
    return [Item(post.pk, post.helpful_revision, post) for post in changed.defer("text", "plain", "html")[:limit]]


def find_helpful(*, topic: Topic, visitor: Visitor, beitrag: int, wert: bool) -> Done:
    """Say it of a post, or no more. Raises :class:`ForumRefusal`."""
    post = topic.posts.filter(pk=beitrag).first()
    if post is None:
        raise ForumRefusal(_("Diesen Beitrag gibt es in diesem Thema nicht."))
    post.topic = topic
    set_helpful(post=post, visitor=visitor, wanted=wert)
    text = _("Sie finden den Beitrag hilfreich.") if wert else _("Sie finden den Beitrag nicht mehr hilfreich.")
    return Done(text, post.get_absolute_url())


def _poll(topic: Topic, poll_id: int) -> Poll:
    poll = find_poll(topic, poll_id)
    if poll is None:
        raise ForumRefusal(_("Diese Umfrage gibt es in diesem Thema nicht."))
    return poll


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
    Part(
        kind="poll",
        template="forum/_poll.html",
        changed_since=polls_since,
        rows=poll_rows,
        actions={"vote": Action(VoteForm, cast), "close": Action(PollActForm, end)},
    ),
    Part(
        kind="helpful",
        template="forum/_helpful.html",
        changed_since=helpful_since,
        rows=helpful_rows,
        actions={"set": Action(HelpfulForm, find_helpful)},
    ),
    Part(kind="choice", template="forum/_choice.html", changed_since=votes_since, rows_for=choice_rows),
)
