"""To whom one would write, and what was written: each page in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from dkbm.accounts.domain.queries.membership import active_members
from dkbm.accounts.domain.queries.people import PersonCard, profiles_for
from dkbm.accounts.models import Person, with_mailbox
from dkbm.core.markdown import plain_text
from dkbm.notifications.domain.forecast import Forecast, forecast
from dkbm.notifications.enums import Level
from dkbm.notifications.scopes import Within
from dkbm.notifications.selections import Chosen, choose
from dkbm.tenancy.groups import members_of_group
from dkbm.tenancy.kept_queries import Given, KeptQuery
from dkbm.tenancy.visitor import Visitor
from workgroups.domain.mails import ANNOUNCEMENT_KIND, because_of_offices
from workgroups.domain.queries.for_lower_apps import in_charge
from workgroups.domain.queries.groups import readable_group_ids
from workgroups.models import Announcement, AnnouncementRecipient, Workgroup

SHOWN = 200
"""So many names stand below each number of a preview; of more it says how many there are."""
MOST_PINNED = 5
LEAST_COUNTED = 3
SUMMARY = 200

WAYS = (
    (Level.AT_ONCE, _("sofort per E-Mail")),
    (Level.DAILY, _("im Tagesüberblick")),
    (Level.WEEKLY, _("im Wochenüberblick")),
    (Level.BELL, _("nur auf der Plattform")),
    (Level.OFF, _("gar nicht")),
)
UNDELIVERABLE = _("unzustellbar, weil von ihrer Adresse E-Mails zurückkamen")


@dataclass(frozen=True)
class Addressed:
    """Whom a selection means in a group, or in the network; without the one who writes."""

    chosen: Chosen
    people: list[UUID]


@dataclass(frozen=True)
class Way:
    """``people``: the first ones by name; ``more``: how many there are besides."""

    label: str
    number: int
    people: list[PersonCard]

    @property
    def more(self) -> int:
        return self.number - len(self.people)


@dataclass(frozen=True)
class Preview:
    """``ways``: those that occur; together they are ``number``."""

    label: str
    number: int
    ways: list[Way]


def addressed(*, group: Workgroup | None, visitor: Visitor, selection: str) -> Addressed | None:
    """``None`` for a selection that the visitor is not offered there."""
    chosen = choose(selection, visitor, group.pk if group else None)
    if chosen is None:
        return None
    people = members_of_group(group.pk) if group else _members_of_network()
    if chosen.people is not None:
        people = people & set(chosen.people)
    return Addressed(chosen, sorted(people - {visitor.person_id}))


def _members_of_network() -> set[UUID]:
    rows = active_members().filter(with_mailbox("person"))
    return set(rows.order_by().values_list("person_id", flat=True))


def forecast_for(group: Workgroup | None, people: Sequence[UUID]) -> Forecast:
    """What ``mails.announced`` would do with these people now."""
    within = Within(group=group.pk if group else None)
    return forecast(kind=ANNOUNCEMENT_KIND, people=people, scope=within, because=because_of_offices(group))


def preview_of(*, group: Workgroup | None, found: Addressed) -> Preview:
    """How many are told in which way, and who; five queries, however many people."""
    told = forecast_for(group, found.people)
    ways = [(label, told.by_level[level]) for level, label in WAYS]
    ways.insert(3, (UNDELIVERABLE, told.undeliverable))
    named = _in_order(found.people)
    shown = {label: sorted(people, key=named.__getitem__)[:SHOWN] for label, people in ways}
    cards = profiles_for(person for people in shown.values() for person in people)
    drawn = [Way(str(label), len(people), [cards[pk] for pk in shown[label] if pk in cards]) for label, people in ways]
    return Preview(found.chosen.label, len(found.people), [way for way in drawn if way.number])


def _in_order(people: Sequence[UUID]) -> dict[UUID, int]:
    """Their place by last name."""
    rows = Person.objects.filter(pk__in=people).order_by("last_name", "first_name", "pk")
    return {pk: place for place, pk in enumerate(rows.values_list("pk", flat=True))}


@dataclass(frozen=True)
class AnnouncementRow:
    """A line of a list. ``author``: ``None`` for one who has left. ``shows_readers``: the visitor may know how many."""

    announcement: Announcement
    author: PersonCard | None
    is_unread: bool
    shows_readers: bool
    summary: str


def readable_announcements(visitor: Visitor) -> QuerySet[Announcement]:
    """Those to whom it was written, as long as they may read the group; who wrote it; who looks after the group."""
    rows: QuerySet[Announcement] = Announcement.objects.select_related("group__parent")
    if not visitor.is_member:
        return rows.none()
    if visitor.is_manager:
        return rows
    own = AnnouncementRecipient.objects.filter(announcement=OuterRef("pk"), person_id=visitor.person_id)
    to_them = Exists(own) | Q(author=visitor.person_id)
    place = Q(group__isnull=True) | Q(group__in=readable_group_ids(visitor))
    return rows.filter(Q(group__in=in_charge(visitor)) | place & to_them)


def rows_of_announcements(announcements: Iterable[Announcement], visitor: Visitor) -> list[AnnouncementRow]:
    """Two queries, however many there are."""
    shown = list(announcements)
    unread = set(
        AnnouncementRecipient.objects.filter(
            announcement__in=shown, person_id=visitor.person_id, is_read=False
        ).values_list("announcement", flat=True)
    )
    return _rows(shown, visitor, unread)


def _rows(shown: Sequence[Announcement], visitor: Visitor, unread: set[int]) -> list[AnnouncementRow]:
    cards = profiles_for(each.author_id for each in shown if each.author_id)
    return [
        AnnouncementRow(
            each,
            cards.get(each.author_id) if each.author_id else None,
            each.pk in unread,
            may_know_readers(visitor, each),
            Truncator(plain_text(each.text)).chars(SUMMARY),
        )
        for each in shown
    ]


def may_know_readers(visitor: Visitor, announcement: Announcement) -> bool:
    """How many have read it, never who: for its author and for whoever looks after the group. Of one or two it would
    say who.
    """
    if announcement.people < LEAST_COUNTED:
        return False
    return (
        visitor.is_manager
        or announcement.author_id == visitor.person_id
        or (announcement.group_id in in_charge(visitor))
    )


def pinned(visitor: Visitor, group: Workgroup | None) -> list[AnnouncementRow]:
    """What was written to the visitor there and is still unread, newest first; one more query where there is any.

    ``group``: ``None`` for what was written to the network.
    """
    if group is None:
        found = _PINNED_TO_NETWORK.all(person=visitor.person_id)
    else:
        found = _PINNED_TO_GROUP.all(person=visitor.person_id, group=group.pk)
    return _rows(found, visitor, {each.pk for each in found})


def _pinned() -> QuerySet[Announcement]:
    rows: QuerySet[Announcement] = Announcement.objects.filter(
        recipients__person_id=Given("person"), recipients__is_read=False
    )
    return rows.select_related("group__parent").order_by("-sent_at", "-pk")


_PINNED_TO_NETWORK = KeptQuery(lambda: _pinned().filter(group__isnull=True)[:MOST_PINNED])
_PINNED_TO_GROUP = KeptQuery(lambda: _pinned().filter(group_id=Given("group"))[:MOST_PINNED])
