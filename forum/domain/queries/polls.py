"""Polls as the page of a topic shows them, and who voted what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from dkbm.accounts.domain.queries.people import PersonCard, profiles_for
from dkbm.accounts.models import Profile
from dkbm.tenancy.kept_for_members import KeptForMembers
from dkbm.tenancy.kept_queries import Given
from dkbm.tenancy.visitor import Visitor
from forum.models import Poll, PollVote, Topic
from forum.parts import Item
from forum.rules import may_close_poll, may_export_poll, may_see_result, takes_answers


@dataclass(frozen=True)
class Option:
    """``count``: ``None`` while the result is hidden. ``share``: of those who voted, in per cent."""

    number: int
    text: str
    count: int | None
    share: int
    is_first: bool


@dataclass(frozen=True)
class PollRow:
    """A poll as every reader sees it. ``open``: the space takes answers."""

    poll: Poll
    topic: Topic
    open: bool

    @property
    def shows_result(self) -> bool:
        return may_see_result(self.poll)

    @cached_property
    def options(self) -> list[Option]:
        poll, most = self.poll, max(self.poll.counts)
        return [
            Option(
                number,
                text,
                count if self.shows_result else None,
                round(100 * count / poll.voters) if poll.voters else 0,
                poll.is_over and count == most > 0,
            )
            for number, (text, count) in enumerate(zip(poll.options, poll.counts, strict=True))
        ]

    @property
    def link(self) -> str:
        return f"{self.topic.get_absolute_url()}#umfrage-{self.poll.pk}"


@dataclass(frozen=True)
class Candidate:
    """An option as it stands in the form."""

    number: int
    text: str
    is_chosen: bool


@dataclass(frozen=True)
class ChoiceRow:
    """The form of one voter. ``key`` names their part of the page, and nobody."""

    poll: Poll
    topic: Topic
    key: int
    chosen: list[int]
    lacks_municipality: bool

    @property
    def options(self) -> list[Candidate]:
        return [Candidate(number, text, number in self.chosen) for number, text in enumerate(self.poll.options)]


@dataclass(frozen=True)
class ShownPoll:
    """``may_close``: may end it. ``may_export``: gets the file."""

    row: PollRow
    own: ChoiceRow
    may_close: bool
    may_export: bool


def poll_rows(topic: Topic, things: Iterable[Poll]) -> list[PollRow]:
    """No query: all is in the poll."""
    return [PollRow(poll, topic, takes_answers(topic.space)) for poll in things]


def _polls(visitor: Visitor) -> QuerySet[Poll]:
    """``mine``: what the visitor chose, or somebody for their municipality. That is theirs to say: of secret votes
    nobody is shown what another person chose, whichever municipality they give as their own.
    """
    home = Profile.objects.filter(person_id=visitor.person_id).order_by().values("municipality")[:1]
    own = Q(poll__by_municipality=False, person_id=visitor.person_id)
    shared = Q(poll__has_secret_votes=False) | Q(person_id=visitor.person_id)
    own |= Q(poll__by_municipality=True, municipality=Subquery(home)) & shared
    votes = PollVote.objects.filter(own, poll=OuterRef("pk")).order_by().values("choices")[:1]
    polls = Poll.objects.filter(topic=Given("topic")).order_by("pk")
    return polls.annotate(mine=Subquery(votes), home=Subquery(home))


_POLLS = KeptForMembers(_polls)


def polls_of(topic: Topic, visitor: Visitor) -> list[ShownPoll]:
    """All of a topic; one query, none where there is none."""
    polls = _POLLS.all(visitor, topic=topic.pk) if topic.has_polls else []
    return [_shown(poll, topic, visitor) for poll in polls]


def _shown(poll: Poll, topic: Topic, visitor: Visitor) -> ShownPoll:
    poll.topic = topic
    may_end = not poll.is_over and bool(may_close_poll(visitor, poll))
    return ShownPoll(
        row=PollRow(poll, topic, takes_answers(topic.space)),
        own=_choice(poll, topic, visitor),
        may_close=may_end,
        may_export=bool(may_export_poll(visitor, poll)),
    )


def _choice(poll: Poll, topic: Topic, visitor: Visitor) -> ChoiceRow:
    """``poll`` with ``mine`` and ``home``."""
    home, mine = poll.home, poll.mine or []  # type: ignore[attr-defined]
    key = key_of(poll, person=visitor.person_id, municipality=home)
    return ChoiceRow(poll, topic, key, mine, poll.by_municipality and home is None)


def key_of(poll: Poll, *, person: UUID | None, municipality: int | None) -> int:
    """Of the part of the page that shows a voter's own choice; others cannot tell whose it is."""
    is_shared = poll.by_municipality and not poll.has_secret_votes
    kind, voter = ("municipality", municipality) if is_shared else ("person", person)
    return int(salted_hmac("forum.choice", f"{poll.pk} {kind} {voter}").hexdigest()[:12], 16)


def votes_since(topic: Topic, revision: int, limit: int) -> list[Item]:
    """``Part.changed_since`` of choices: those whose vote has changed."""
    if not topic.has_polls:
        return []
    votes = PollVote.objects.filter(poll__topic=topic, revision__gt=revision).select_related("poll")
    changed = votes.order_by("revision", "pk")[:limit]
    return [Item(_key_of_vote(each), each.revision, each) for each in changed]


def polls_since(topic: Topic, revision: int, limit: int) -> list[Item]:
    """``Part.changed_since`` of polls."""
    if not topic.has_polls:
        return []
    changed = topic.polls.filter(revision__gt=revision).order_by("revision", "pk")[:limit]
    return [Item(each.pk, each.revision, each) for each in changed]


def choice_rows(topic: Topic, things: Iterable[PollVote], visitor: Visitor) -> list[ChoiceRow | None]:
    """What somebody else chose is nothing for this reader. One query."""
    own = {shown.own.key: shown.own for shown in polls_of(topic, visitor)}
    return [own.get(_key_of_vote(vote)) for vote in things]


def _key_of_vote(vote: PollVote) -> int:
    return key_of(vote.poll, person=vote.person_id, municipality=vote.municipality_id)


@dataclass(frozen=True)
class VoteLine:
    """Who voted (``None``: they are gone), for which municipality, and for each option whether it was chosen."""

    card: PersonCard | None
    municipality: str
    chosen: list[bool]

    @property
    def place(self) -> str:
        """For which municipality, or from where somebody is."""
        return self.municipality or (self.card.organisation if self.card else "")


def vote_lines(poll: Poll) -> list[VoteLine]:
    """Of an open poll, in the order of names. Two queries."""
    votes = list(poll.votes.exclude(choices=[]).annotate(home=F("municipality__name")).order_by("voted"))
    cards = profiles_for({vote.person_id for vote in votes if vote.person_id})
    lines = [
        VoteLine(
            cards.get(vote.person_id) if vote.person_id else None,
            vote.home or "",
            [number in vote.choices for number in range(len(poll.options))],
        )
        for vote in votes
    ]
    return sorted(lines, key=lambda line: (line.municipality, line.card.name if line.card else "~"))


def find_poll(topic: Topic, poll_id: int) -> Poll | None:
    """With its topic."""
    poll: Poll | None = topic.polls.filter(pk=poll_id).first() if topic.has_polls else None
    if poll is not None:
        poll.topic = topic
    return poll


def sheet_of(poll: Poll) -> list[list[str]]:
    """The result as a table; of a secret poll how often each option was chosen, of others each vote too."""
    rows = [[poll.question], [str(_("Antwort")), str(_("Stimmen"))]]
    rows += [[text, str(count)] for text, count in zip(poll.options, poll.counts, strict=True)]
    rows += [[str(_("Abgestimmt haben")), str(poll.voters)]]
    if poll.has_secret_votes:
        return rows
    rows += [[], [str(_("Name")), str(_("Kommune")), *poll.options]]
    return rows + [
        [
            line.card.name if line.card else str(_("Ehemaliges Mitglied")),
            line.place,
            *("1" if each else "" for each in line.chosen),
        ]
        for line in vote_lines(poll)
    ]
