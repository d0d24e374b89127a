"""Whatever happens and dies over a year: each notification is in one digest, or was read before, and none is empty."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from random import Random
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.notifications.domain.digest import last_due, write_digests
from dkbm.notifications.domain.reading import mark_read
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.domain.wishes import pause, set_group_wish
from dkbm.notifications.enums import DIGESTS, Level
from dkbm.notifications.models import Mail, Notification, Wish
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork, bind
from tests.architecture.source import ROOT
from tests.factories.groups import make_group
from tests.factories.people import make_person
from workgroups.models import Workgroup

ZONE = timezone.get_default_timezone()
FIRST_DAY = datetime.date(2026, 3, 23)
"""A Monday: both changes of summer time lie within the year that follows."""
SECONDS_TO_START = 60


class Process:
    """Writes digests on request, and may be killed at any moment."""

    def __init__(self, network: BoundNetwork) -> None:
        logins = {name: urlsplit(os.environ[name]) for name in ("DATABASE_URL", "DATABASE_OPS_URL")}
        path = "/" + connection.settings_dict["NAME"]
        environment = os.environ | {name: login._replace(path=path).geturl() for name, login in logins.items()}
        environment |= {"PYTHONPATH": f"{ROOT / 'platform'}:{ROOT}", "DATABASE_ROLE": "app"}
        self._process = subprocess.Popen(
            (sys.executable, "-m", "tests.notifications.digest_process", network.slug),
            cwd=ROOT, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def killed_while_writing(self, level: Level, due: datetime.datetime, after: float) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{level} {due.isoformat()}\n")
        self._process.stdin.flush()
        time.sleep(after)
        self.end()

    def end(self) -> None:
        self._process.send_signal(signal.SIGKILL)
        self._process.communicate(timeout=SECONDS_TO_START)


class Year:
    """Things happen, some are read, and digests are written by one, by two at once, or by one that dies."""

    def __init__(self, network: BoundNetwork, rng: Random) -> None:
        self.network, self.rng = network, rng
        self.people = [make_person(f"Person {number}") for number in range(4)]
        self.groups = [make_group(name, *self.people, slug=f"{name}-{uuid4().hex[:6]}") for name in ("daten", "aemter")]
        for number, person in enumerate(self.people):
            for group in self.groups:
                set_group_wish(group=group.pk, person=person, level=DIGESTS[(number + group.pk) % 2])

    def day(self, day: datetime.date, *, dies: bool, at_once: bool) -> None:
        for _ in range(self.rng.randint(0, 3)):
            self.happen(self.moment(day), self.rng.choice(self.groups))
        if self.rng.random() < 0.5:
            self.read(self.rng.choice(self.people))
        if self.rng.random() < 0.05:
            pause(person=self.rng.choice(self.people), until=day + datetime.timedelta(days=self.rng.randint(0, 9)))
        evening = datetime.datetime.combine(day, datetime.time(23, 59), tzinfo=ZONE)
        for level in DIGESTS:
            self.write(level, last_due(level, evening), dies=dies, at_once=at_once)

    def moment(self, day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(
            day, datetime.time(self.rng.randrange(24), self.rng.randrange(60)), tzinfo=ZONE
        )

    def happen(self, when: datetime.datetime, group: Workgroup) -> None:
        concerned = self.rng.sample(self.people, self.rng.randint(1, len(self.people)))
        rows = tell(
            kind="event.announced",
            people=concerned,
            about=concerned[0].memberships.get(),
            occasion=uuid4().hex,
            path="/veranstaltungen/",
            scope=Within(group=group.pk),
            context={"title": "Sitzung", "group": group.title, "date": "heute"},
        )
        Notification.objects.filter(pk__in=[row.pk for row in rows]).update(told=when)

    def read(self, person: Person) -> None:
        unread = Notification.objects.filter(person=person, read__isnull=True).first()
        if unread is not None:
            mark_read(unread)

    def write(self, level: Level, due: datetime.datetime, *, dies: bool, at_once: bool) -> None:
        if dies:
            Process(self.network).killed_while_writing(level, due, self.rng.random() * 0.05)
        if at_once:
            with ThreadPoolExecutor(2) as pool:
                list(pool.map(lambda _number: self._in_thread(level, due), range(2)))
        else:
            write_digests(level=level, due=due)

    def _in_thread(self, level: Level, due: datetime.datetime) -> None:
        try:
            with bind(self.network):
                write_digests(level=level, due=due)
        finally:
            connection.close()

    def check(self, last: datetime.date) -> None:
        """Each was read before, or is in the one mail that says so, or waits for the next."""
        mails = Mail.objects.filter(kind__startswith="digest.")
        carried = Counter(Notification.objects.exclude(digest=None).values_list("digest", flat=True))
        assert set(carried) == set(mails.values_list("pk", flat=True)), "a mail is empty, or named and not there"
        for mail in mails:
            assert mail.body.count("/benachrichtigungen/") > 0
        end = datetime.datetime.combine(last, datetime.time(23, 59), tzinfo=ZONE)
        for level in DIGESTS:
            late = Notification.objects.filter(
                level=level, digest=None, read=None, told__lt=last_due(level, end)
            ).exclude(person__in=self._pausing(last))
            assert not late.exists()
        keys = list(mails.values_list("key", flat=True))
        assert len(keys) == len(set(keys))

    def _pausing(self, day: datetime.date) -> list[object]:

        return list(Wish.objects.filter(paused_until__gte=day).values_list("person", flat=True))


@pytest.fixture
def year(committed_network: BoundNetwork, rng: Random) -> Iterator[Year]:
    with bind(committed_network):
        yield Year(committed_network, rng)


def live_through(year: Year, days: int, deaths: int) -> None:
    dying = set(year.rng.sample(range(days), deaths))
    for number in range(days):
        day = FIRST_DAY + datetime.timedelta(days=number)
        year.day(day, dies=number in dying, at_once=number % 3 == 0)
    year.check(FIRST_DAY + datetime.timedelta(days=days - 1))
    assert Mail.objects.filter(kind="digest.daily").exists()
    assert Mail.objects.filter(kind="digest.weekly").exists()


def test_three_weeks_across_the_change_to_summer_time(year: Year) -> None:
    live_through(year, days=21, deaths=1)


@pytest.mark.long
def test_whole_year(year: Year) -> None:
    live_through(year, days=366, deaths=20)
    assert Mail.objects.count() > 300
