"""Digests: what waited, once, in one mail; never an empty one, whatever is done twice or dies on the way."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.notifications.domain import digest
from dkbm.notifications.domain.digest import MOST_A_GROUP, last_due, write_digest, write_digests
from dkbm.notifications.domain.reading import mark_read
from dkbm.notifications.domain.telling import every_time, tell
from dkbm.notifications.domain.wishes import no_more_digests, pause, save_wishes, set_general_wish, set_group_wish
from dkbm.notifications.enums import Level, Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Mail, Notification
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.groups import join_group, make_group
from tests.factories.people import make_person
from workgroups.models import GroupMembership, Workgroup

MONDAY = datetime.datetime(2026, 11, 30, 7, tzinfo=timezone.get_default_timezone())
"""When the digests of a Monday are due."""
HOUR = datetime.timedelta(hours=1)


@pytest.fixture
def probe(probe_of: Callable[..., Kind]) -> Kind:
    return probe_of(scope=Scope.GROUP, optional=True, by_group=True)


@pytest.fixture
def maria(in_niedersachsen: BoundNetwork) -> Person:
    return make_person("Maria Kröger")


@pytest.fixture
def group(maria: Person) -> Workgroup:
    return make_group("Daten", maria)


def happen(
    group: Workgroup | None, *people: Person, title: str = "Frage", when: datetime.datetime = MONDAY - HOUR
) -> None:
    rows = tell(
        kind="probe.told",
        people=people,
        about=people[0].memberships.get(),
        occasion=every_time(),
        path="/forum/",
        scope=Within(group=group.pk if group else None),
        context={"title": title},
    )
    Notification.objects.filter(pk__in=[row.pk for row in rows]).update(told=when, bundle=f"probe:{title}")


def mails() -> list[Mail]:
    return list(Mail.objects.filter(kind__startswith="digest.").order_by("created", "pk"))


def waiting() -> int:
    return Notification.objects.filter(digest__isnull=True).count()


class TestWhenDue:
    @pytest.mark.parametrize(
        ("level", "now", "due"),
        [
            (Level.DAILY, "2026-11-30 06:59", "2026-11-27 07:00"),
            (Level.DAILY, "2026-11-30 07:00", "2026-11-30 07:00"),
            (Level.DAILY, "2026-11-28 23:00", "2026-11-27 07:00"),
            (Level.DAILY, "2026-11-29 12:00", "2026-11-27 07:00"),
            (Level.WEEKLY, "2026-11-30 07:00", "2026-11-30 07:00"),
            (Level.WEEKLY, "2026-12-06 23:59", "2026-11-30 07:00"),
            (Level.WEEKLY, "2026-11-30 06:59", "2026-11-23 07:00"),
            (Level.DAILY, "2026-03-30 07:00", "2026-03-30 07:00"),
            (Level.WEEKLY, "2026-10-26 07:00", "2026-10-26 07:00"),
        ],
    )
    def test_at_seven_on_its_days(self, level: Level, now: str, due: str) -> None:
        assert last_due(level, local(now)) == local(due)

    @pytest.mark.parametrize(
        ("day", "hour"), [("2026-03-27", 6), ("2026-03-30", 5), ("2026-10-23", 5), ("2026-10-26", 6)]
    )
    def test_local_time_across_both_changes_of_summer_time(self, day: str, hour: int) -> None:
        due = last_due(Level.DAILY, local(f"{day} 12:00")).astimezone(datetime.UTC)
        assert (due.date().isoformat(), due.hour) == (day, hour)


def local(text: str) -> datetime.datetime:
    return datetime.datetime.fromisoformat(text).replace(tzinfo=timezone.get_default_timezone())


def test_what_waits_is_in_one_mail_by_group(maria: Person, group: Workgroup, probe: Kind) -> None:
    other = make_group("Ämter", maria, slug="aemter", number=9)
    for minutes, (place, title) in enumerate(
        [(group, "Wer hat Muster?"), (group, "Wer hat Muster?"), (other, "Haushalt"), (None, "Für alle")]
    ):
        happen(place, maria, title=title, when=MONDAY - HOUR + datetime.timedelta(minutes=minutes))
    assert write_digests(level=Level.DAILY, due=MONDAY) == 1
    (mail,) = mails()
    assert (mail.recipient, mail.subject) == (maria, "Tagesüberblick: „Für alle“ und 2 weitere")
    first = Notification.objects.get(values__title="Für alle")
    parts = mail.body.split("\n\n")
    assert parts[0] == "Guten Tag Maria Kröger,"
    assert "Auf „Wer hat Muster?“ wurde geantwortet. Dazu eine weitere Neuigkeit." in mail.body
    assert f"/benachrichtigungen/{first.pk}/" in mail.body
    headings = [part.partition("\n")[0] for part in parts if "\n---" in part]
    assert headings == [*sorted([group.title, other.title]), "Im ganzen Netzwerk"]
    assert {row.digest for row in Notification.objects.all()} == {mail}


def test_nothing_new_is_no_mail(maria: Person, group: Workgroup, probe: Kind) -> None:
    happen(group, maria)
    mark_read(Notification.objects.get())
    happen(group, maria, title="Später", when=MONDAY)
    assert write_digests(level=Level.DAILY, due=MONDAY) == 0
    assert (mails(), waiting()) == ([], 2)


def test_each_is_in_one_mail_and_later_ones_in_the_next(maria: Person, group: Workgroup, probe: Kind) -> None:
    happen(group, maria, title="Erstes")
    happen(group, maria, title="Zweites", when=MONDAY + HOUR)
    for _again in range(2):
        write_digests(level=Level.DAILY, due=MONDAY)
    write_digests(level=Level.DAILY, due=MONDAY + datetime.timedelta(days=1))
    assert [mail.subject for mail in mails()] == ["Tagesüberblick: „Erstes“", "Tagesüberblick: „Zweites“"]


def test_weekly_and_daily_go_their_own_ways(maria: Person, group: Workgroup, probe: Kind) -> None:
    other = make_group("Ämter", maria, slug="aemter", number=9)
    set_group_wish(group=other.pk, person=maria, level=Level.WEEKLY)
    happen(group, maria, title="Täglich")
    happen(other, maria, title="Wöchentlich")
    for level in (Level.DAILY, Level.WEEKLY):
        write_digests(level=level, due=MONDAY)
    assert [mail.subject for mail in mails()] == ["Tagesüberblick: „Täglich“", "Wochenüberblick: „Wöchentlich“"]


def test_what_may_no_longer_be_read_or_is_gone_is_left_out(maria: Person, group: Workgroup, probe: Kind) -> None:
    stays = make_person("Bleibt Hier")
    join_group(group, stays)
    happen(group, maria, stays)
    GroupMembership.objects.filter(person=maria).update(state="left")
    assert write_digests(level=Level.DAILY, due=MONDAY) == 1
    assert [mail.recipient for mail in mails()] == [stays]


def test_nobody_is_told_less_without_a_word(maria: Person, group: Workgroup, probe: Kind) -> None:
    for number in range(MOST_A_GROUP + 3):
        happen(group, maria, title=f"Frage {number}")
    write_digests(level=Level.DAILY, due=MONDAY)
    (mail,) = mails()
    assert mail.body.count("wurde geantwortet.") == MOST_A_GROUP
    assert "Und 3 weitere Neuigkeiten:" in mail.body
    assert mail.notifications.count() == MOST_A_GROUP + 3


def test_pause_keeps_all_for_the_first_digest_after_it(maria: Person, group: Workgroup, probe: Kind) -> None:
    pause(person=maria, until=MONDAY.date())
    happen(group, maria)
    assert write_digests(level=Level.DAILY, due=MONDAY) == 0
    assert write_digests(level=Level.DAILY, due=MONDAY + datetime.timedelta(days=1)) == 1


def test_who_ends_digests_gets_none_of_what_waits(maria: Person, group: Workgroup, probe: Kind) -> None:
    happen(group, maria)
    no_more_digests(person=maria, level=Level.DAILY)
    happen(group, maria, title="Danach")
    assert write_digests(level=Level.DAILY, due=MONDAY) == 0
    assert set(Notification.objects.values_list("level", flat=True)) == {"bell"}


def test_what_waits_follows_the_wishes(maria: Person, group: Workgroup, probe: Kind) -> None:
    happen(group, maria)
    save_wishes(person=maria, kinds={}, groups={group.pk: Level.BELL}, general=None, paused_until=None)
    assert write_digests(level=Level.DAILY, due=MONDAY) == 0


def test_mail_and_cursor_are_written_both_or_neither(
    maria: Person, group: Workgroup, probe: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    happen(group, maria)
    with monkeypatch.context() as patch:
        patch.setattr(digest, "_write_mail", fail)
        with pytest.raises(RuntimeError, match="killed"):
            write_digests(level=Level.DAILY, due=MONDAY)
    assert (mails(), waiting()) == ([], 1)
    assert write_digests(level=Level.DAILY, due=MONDAY) == 1


def fail(*_what: object) -> None:
    raise RuntimeError("killed")


def test_one_network_says_nothing_of_another(niedersachsen: BoundNetwork, bayern: BoundNetwork, probe: Kind) -> None:
    for network, title in ((niedersachsen, "Aus Niedersachsen"), (bayern, "Aus Bayern")):
        with bind(network):
            maria = make_person("Maria Kröger")
            happen(make_group("Daten", maria), maria, title=title)
    with bind(niedersachsen):
        write_digests(level=Level.DAILY, due=MONDAY)
        assert ["Aus Niedersachsen" in mail.body for mail in mails()] == [True]
        assert "Bayern" not in mails()[0].body
    with bind(bayern):
        assert (mails(), waiting()) == ([], 1)


def test_two_at_once_write_one(committed_network: BoundNetwork, probe: Kind) -> None:
    with bind(committed_network):
        maria = make_person("Maria Kröger")
        set_general_wish(person=maria, level=Level.DAILY)
        happen(make_group("Daten", maria), maria)
    barrier = threading.Barrier(4)
    written: list[bool] = []

    def write() -> None:
        try:
            with bind(committed_network):
                barrier.wait(10)
                written.append(write_digest(person_id=maria.pk, level=Level.DAILY, due=MONDAY))
        finally:
            connection.close()

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with bind(committed_network):
        assert (sorted(written), len(mails())) == ([False, False, False, True], 1)
