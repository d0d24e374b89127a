"""What waits for people, in one mail: daily on working days, weekly on Monday, at seven in the local time.

Which mail brought a notification stands in its row, and is written in the transaction that writes the mail and moves
the person's ``Digest``: whatever dies on the way, or is done twice at the same time, each is in one mail at most. What
was read before, deleted, or may no longer be read by then is in none, and a mail with nothing in it is not written.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from dkbm.core.paths import network_path
from dkbm.core.text import one_line
from dkbm.notifications.domain.outbox import Letter, Recipient, Thing, queue_mails
from dkbm.notifications.domain.queries.notifications import NotificationRow, rows_of
from dkbm.notifications.domain.switch_links import why_path
from dkbm.notifications.enums import Level
from dkbm.notifications.kinds import MailKind
from dkbm.notifications.models import Digest, Mail, Notification, Wish
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.groups import GroupName, name_of_group, readers_among
from dkbm.tenancy.hosts import base_url
from dkbm.tenancy.models import Membership

HOUR = datetime.time(7)
MONDAY, FRIDAY = 0, 4
MOST_A_GROUP = 15
"""So many lines of one group are in a mail; how many more there are is said, with a link to all."""
SOME_PEOPLE = 200
TITLE_LENGTH = 90
UNDERLINE = "-"
"""A line of these below a line makes it a heading, in the text and in the HTML of a mail."""

KINDS = {
    Level.DAILY: MailKind("digest.daily", gettext_lazy("Tagesüberblick"), gettext_lazy("Tagesüberblick: %(what)s")),
    Level.WEEKLY: MailKind("digest.weekly", gettext_lazy("Wochenüberblick"), gettext_lazy("Wochenüberblick: %(what)s")),
}


@dataclass(frozen=True)
class Line:
    """One thing and what is new about it: the oldest sentence, and how many more there are."""

    row: NotificationRow
    more: int

    @property
    def text(self) -> str:
        if not self.more:
            return self.row.sentence
        more = ngettext("Dazu eine weitere Neuigkeit.", "Dazu %(n)d weitere Neuigkeiten.", self.more) % {"n": self.more}
        return f"{self.row.sentence} {more}"


@dataclass(frozen=True)
class Section:
    """What happened in one group, or in the network as a whole; ``more``: how many lines are left out."""

    title: str
    lines: Sequence[Line]
    more: int


def last_due(level: Level, now: datetime.datetime) -> datetime.datetime:
    """When the newest digest of this kind was due: an aware time at seven o'clock local time."""
    zone = timezone.get_default_timezone()
    day = timezone.localdate(now)
    while True:
        due = datetime.datetime.combine(day, HOUR, tzinfo=zone)
        if due <= now and _is_day_of(level, day):
            return due
        day -= datetime.timedelta(days=1)


def _is_day_of(level: Level, day: datetime.date) -> bool:
    return day.weekday() == MONDAY if level == Level.WEEKLY else day.weekday() <= FRIDAY


def write_digests(*, level: Level, due: datetime.datetime) -> int:
    """Write the mails that were due then in the bound network; returns how many there were."""
    count = 0
    last: UUID | None = None
    while people := _some_waiting(level, due, last):
        last = people[-1]
        readable = _Readable(people)
        for person_id in people:
            count += write_digest(person_id=person_id, level=level, due=due, readable=readable)
    return count


def _some_waiting(level: Level, due: datetime.datetime, after: UUID | None) -> list[UUID]:
    """The next of those for whom something waits, who have no pause, and who have not got this digest."""
    done = Digest.objects.filter(level=level, until__gte=due).values("person")
    pausing = Wish.objects.filter(paused_until__gte=timezone.localdate(due)).values("person")
    waiting = _waiting(level, due).exclude(person__in=done).exclude(person__in=pausing)
    if after is not None:
        waiting = waiting.filter(person__gt=after)
    return list(waiting.order_by("person").values_list("person", flat=True).distinct()[:SOME_PEOPLE])


def _waiting(level: Level, due: datetime.datetime) -> QuerySet[Notification]:
    found: QuerySet[Notification] = Notification.objects.filter(
        level=level, digest__isnull=True, read__isnull=True, told__lt=due
    )
    return found


@transaction.atomic
def write_digest(*, person_id: UUID, level: Level, due: datetime.datetime, readable: _Readable | None = None) -> bool:
    """Write the mail of one person, unless they have got it; returns whether there is one now that was not before."""
    Digest.objects.get_or_create(
        person_id=person_id, level=level, defaults={"until": due - datetime.timedelta(seconds=1)}
    )
    cursor = Digest.objects.select_for_update(skip_locked=True).filter(person_id=person_id, level=level).first()
    if cursor is None or cursor.until >= due:
        return False
    cursor.until = due
    cursor.save(update_fields=["until"])
    member = Membership.objects.filter(person_id=person_id, state=MembershipState.ACTIVE).select_related("person")
    who = member.first()
    waiting = list(_waiting(level, due).select_for_update().filter(person_id=person_id).order_by("told", "pk"))
    told = _still_there(waiting, readable or _Readable([person_id]))
    if who is None or not told:
        return False
    _write_mail(who.person, level, due, told)
    return True


def _write_mail(person: Recipient, level: Level, due: datetime.datetime, told: Sequence[NotificationRow]) -> None:
    key = f"digest.{level}:{timezone.localdate(due).isoformat()}:{person.pk}"
    queue_mails(
        kind=KINDS[level].key,
        letters=[Letter(person, key, why=why_path(person.pk, digest=level), can_stop=True)],
        path=network_path("notifications:list"),
        cause=Thing("notifications.digest", str(person.pk)),
        context={"what": _subject(told), "sections": text_of(sections_of(told))},
        can_wait=True,
    )
    mail = Mail.objects.get(key=key)
    Notification.objects.filter(pk__in=[row.notification.pk for row in told]).update(digest=mail)


def _still_there(waiting: Sequence[Notification], readable: _Readable) -> list[NotificationRow]:
    """Those whose thing has not been deleted and whose group the person may still read."""
    rows = rows_of(row for row in waiting if readable.by(row.person_id, row.group))
    return [row for row in rows if not row.is_gone]


class _Readable:
    """Which groups some people may read; asks once for each group."""

    def __init__(self, people: Sequence[UUID]) -> None:
        self._people = people
        self._readers: dict[int, set[UUID]] = {}

    def by(self, person_id: UUID, group: int | None) -> bool:
        if group is None:
            return True
        if group not in self._readers:
            self._readers[group] = readers_among(group, self._people)
        return person_id in self._readers[group]


def sections_of(told: Iterable[NotificationRow]) -> list[Section]:
    """By group in the order of their names, what concerns the whole network last; the oldest of each first."""
    by_group: dict[int | None, dict[str, list[NotificationRow]]] = defaultdict(lambda: defaultdict(list))
    for row in told:
        by_group[row.notification.group][row.notification.bundle].append(row)
    names: dict[int | None, GroupName | None] = {group: name_of_group(group) for group in by_group}
    titles = {group: name.title if name else _("Im ganzen Netzwerk") for group, name in names.items()}
    sections = []
    for group in sorted(by_group, key=lambda group: (group is None, titles[group])):
        lines = [Line(rows[0], len(rows) - 1) for rows in by_group[group].values()]
        sections.append(Section(titles[group], lines[:MOST_A_GROUP], len(lines[MOST_A_GROUP:])))
    return sections


def text_of(sections: Sequence[Section]) -> str:
    """For the mail: a heading with a line below it, then each line with its address."""
    base = base_url(require_network())
    parts = []
    for section in sections:
        parts.append(f"{section.title}\n{UNDERLINE * min(len(section.title), 60)}")
        for line in section.lines:
            parts.append(f"{line.text}\n{base}{network_path('notifications:open', line.row.notification.pk)}")
        if section.more:
            more = ngettext("Und eine weitere Neuigkeit:", "Und %(n)d weitere Neuigkeiten:", section.more)
            parts.append(f"{more % {'n': section.more}}\n{base}{network_path('notifications:list')}")
    return "\n\n".join(parts)


def _subject(told: Sequence[NotificationRow]) -> str:
    """What came last, by its name, and how many more things there are."""
    newest = told[-1]
    values = newest.notification.values
    name = values.get("title") or values.get("group")
    first = f"„{one_line(name)[:TITLE_LENGTH]}“" if name else newest.sentence[:TITLE_LENGTH]
    more = len({row.notification.bundle for row in told}) - 1
    if not more:
        return first
    return ngettext("%(first)s und ein weiteres", "%(first)s und %(n)d weitere", more) % {"first": first, "n": more}
