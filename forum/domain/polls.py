"""Polls in topics: begin one, vote, end it by hand or when its time has come.

All of it happens under the lock of the topic, so that of two colleagues who vote for their municipality at once the
second changes the vote of the first.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.accounts.models import Profile
from dkbm.tenancy.visitor import Visitor, automatic
from forum.domain import mails
from forum.domain.posts import locked
from forum.domain.revisions import next_revision
from forum.enums import MAX_POLLS, PollKind
from forum.errors import ForumRefusal, insist
from forum.models import Poll, PollVote, Topic
from forum.rules import may_close_poll, may_start_poll, may_vote
from forum.text import checked_options, checked_question


@dataclass(frozen=True)
class PollData:
    """``options``: as they were typed, one each. ``last_day``: of voting; without one it goes on until it is ended."""

    question: str
    options: Sequence[str]
    kind: str = PollKind.SINGLE
    has_secret_votes: bool = False
    is_hidden: bool = False
    by_municipality: bool = False
    last_day: datetime.date | None = None


@transaction.atomic
def start_poll(*, topic: Topic, visitor: Visitor, data: PollData) -> Poll:
    """Ask the readers of a topic. Who has it open hears of it. Raises :class:`ForumRefusal`."""
    data = replace(data, question=checked_question(data.question), options=checked_options(data.options, data.kind))
    ends = _end_of(data.last_day)
    topic = locked(topic, visitor)
    insist(may_start_poll(visitor, topic))
    before = list(topic.polls.order_by("-pk"))
    if before and _is_same(before[0], visitor, data):
        return before[0]
    if len(before) >= MAX_POLLS:
        raise ForumRefusal(_("Ein Thema fasst höchstens %(most)s Umfragen.") % {"most": MAX_POLLS})
    poll = Poll(topic=topic, author=visitor.person, question=data.question, kind=data.kind)
    poll.options, poll.counts, poll.ends = list(data.options), [0] * len(data.options), ends
    poll.has_secret_votes, poll.is_hidden = data.has_secret_votes, data.is_hidden
    poll.by_municipality, poll.revision = data.by_municipality, next_revision(topic)
    poll.save()
    topic.has_polls = True
    topic.save(update_fields=["has_polls"])
    return poll


def _end_of(day: datetime.date | None) -> datetime.datetime | None:
    """The end of that day."""
    if day is None:
        return None
    if day < timezone.localdate():
        raise ForumRefusal(_("Dieser Tag ist schon vorbei."), field="last_day")
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=1), datetime.time()))


def _is_same(last: Poll, visitor: Visitor, data: PollData) -> bool:
    """The form was sent twice."""
    is_new = last.closed is None and last.author_id == visitor.person_id
    return is_new and (last.question, last.kind, last.options) == (data.question, data.kind, list(data.options))


@transaction.atomic
def vote(*, poll: Poll, visitor: Visitor, choices: Iterable[int]) -> Poll:
    """Choose these options (numbers from 0), and no others any more; none takes the vote back.

    Raises :class:`ForumRefusal`.
    """
    poll = _locked_poll(poll, visitor)
    insist(may_vote(visitor, poll))
    wanted = _checked_choices(poll, choices)
    who = _who_votes(poll, visitor)
    present = PollVote.objects.filter(poll=poll, **who).first()
    if (present.choices if present else []) == wanted and (not wanted or _is_of(present, visitor)):
        return poll
    poll.revision = next_revision(poll.topic)
    row = present or PollVote(poll=poll, choices=[], **who)
    _count(poll, row.choices, wanted)
    row.choices, row.person, row.voted, row.revision = wanted, visitor.person, timezone.now(), poll.revision
    row.save()
    poll.save(update_fields=["counts", "voters", "revision"])
    return poll


def _is_of(vote: PollVote | None, visitor: Visitor) -> bool:
    """And not of a colleague who chose the same."""
    return vote is not None and vote.person_id == visitor.person_id


def _checked_choices(poll: Poll, choices: Iterable[int]) -> list[int]:
    wanted = sorted(set(choices))
    if any(not 0 <= each < len(poll.options) for each in wanted):
        raise ForumRefusal(_("Diese Antwort steht nicht zur Wahl."))
    if poll.kind == PollKind.SINGLE and len(wanted) > 1:
        raise ForumRefusal(_("Bitte wählen Sie nur eine Antwort."))
    return wanted


def _who_votes(poll: Poll, visitor: Visitor) -> dict[str, Any]:
    """By what the one vote is known: the person, or their municipality."""
    if not poll.by_municipality:
        return {"person": visitor.person, "municipality": None}
    profile = Profile.objects.filter(person_id=visitor.person_id).first()
    if profile is None or profile.municipality_id is None:
        raise ForumRefusal(
            _("Hier stimmt jede Kommune einmal ab, und in Ihrem Profil steht keine. Bitte ergänzen Sie es.")
        )
    _check_one_municipality(poll, visitor, profile)
    return {"municipality_id": profile.municipality_id}


def _check_one_municipality(poll: Poll, visitor: Visitor, profile: Profile) -> None:
    """Everybody says of themselves for whom they work: whoever changes it has no second vote."""
    others = poll.votes.filter(person=visitor.person).exclude(municipality=profile.municipality_id)
    before = others.exclude(choices=[]).select_related("municipality").first()
    if before is not None and before.municipality is not None:
        sentence = _("In dieser Umfrage haben Sie schon für %(name)s abgestimmt. Für zwei Kommunen stimmt niemand ab.")
        raise ForumRefusal(sentence % {"name": before.municipality.name})


def _count(poll: Poll, before: Sequence[int], wanted: Sequence[int]) -> None:
    """A vote that was taken back keeps its row, and counts no more."""
    for number in before:
        poll.counts[number] -= 1
    for number in wanted:
        poll.counts[number] += 1
    poll.voters += bool(wanted) - bool(before)


@transaction.atomic
def close_poll(*, poll: Poll, visitor: Visitor) -> Poll:
    """End it; whoever voted is told. Ended twice is ended once. Raises :class:`ForumRefusal`."""
    poll = _locked_poll(poll, visitor)
    insist(may_close_poll(visitor, poll))
    return poll if poll.closed else _close(poll, by=visitor.person_id)


def close_due_polls() -> int:
    """End those whose time has come, in the bound network; returns how many."""
    due = Poll.objects.filter(closed__isnull=True, ends__lte=timezone.now(), topic__deleted__isnull=True)
    return sum(_close_due(poll) for poll in due.select_related("topic").order_by("topic", "pk"))


@transaction.atomic
def _close_due(poll: Poll) -> bool:
    try:
        poll = _locked_poll(poll, automatic())
    except ForumRefusal:
        return False
    if poll.closed or poll.topic.deleted:
        return False
    _close(poll)
    return True


def _close(poll: Poll, *, by: UUID | None = None) -> Poll:
    """Of secret votes the numbers alone are kept: rows without names would still say when each of them was cast."""
    poll.closed, poll.revision = timezone.now(), next_revision(poll.topic)
    poll.save(update_fields=["closed", "revision"])
    mails.tell_of_poll_ended(poll, by=by)
    if poll.has_secret_votes:
        poll.votes.all().delete()
    return poll


def _locked_poll(poll: Poll, visitor: Visitor) -> Poll:
    topic = locked(poll.topic, visitor)
    fresh: Poll | None = Poll.objects.filter(pk=poll.pk).first()
    if fresh is None:  # it goes with its topic, which somebody has deleted meanwhile
        raise ForumRefusal(_("Dieses Thema wurde gelöscht."))
    fresh.topic = topic
    return fresh
