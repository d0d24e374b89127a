"""Wishes are kept, one of a sort, and count in their own place; how they count is in ``test_deciding``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.notifications import scopes
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.domain.wishes import CannotWish, asked_for, pause, set_general_wish, set_wish, wants
from dkbm.notifications.enums import Level, Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Notification, Wish
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person

KIND = "probe.told"
GROUP, OTHER_GROUP, TOPIC, OTHER_TOPIC = 7, 8, 70, 71
HERE = Within(group=GROUP, topic=TOPIC)

ProbeOf = Callable[..., Kind]


@pytest.fixture
def maria(in_niedersachsen: BoundNetwork) -> Person:
    return make_person("Maria Kröger")


@pytest.fixture
def wish_about_topic(monkeypatch: pytest.MonkeyPatch) -> Callable[[Person, bool], None]:
    """Stands for the forum's subscriptions to ``TOPIC``."""
    wishes: dict[Any, bool] = {}
    monkeypatch.setattr(scopes, "_topic_wishes", [lambda topic_id: dict(wishes) if topic_id == TOPIC else {}])
    return lambda person, wanted: wishes.update({person.pk: wanted})


def _told(*people: Person) -> list[Notification]:
    about = people[0].memberships.get()
    return tell(kind=KIND, people=people, about=about, path="/", scope=HERE, context={"title": "Frage"})


def test_wish_about_another_group_or_topic_says_nothing_here(
    maria: Person, probe_of: ProbeOf, wish_about_topic: Callable[[Person, bool], None]
) -> None:
    probe_of(scope=Scope.TOPIC, optional=True)
    set_wish(kind=KIND, person=maria, level=Level.OFF, group=OTHER_GROUP)
    wish_about_topic(maria, False)
    assert wants(kind=KIND, person=maria, scope=Within(group=GROUP, topic=OTHER_TOPIC))
    assert not wants(kind=KIND, person=maria, scope=Within(group=OTHER_GROUP, topic=OTHER_TOPIC))


def test_topic_has_no_say_in_a_kind_of_groups(
    maria: Person, probe_of: ProbeOf, wish_about_topic: Callable[[Person, bool], None]
) -> None:
    probe_of(scope=Scope.GROUP, optional=True)
    wish_about_topic(maria, False)
    assert wants(kind=KIND, person=maria, scope=HERE)


def test_wishes_of_others_and_about_other_kinds_change_nothing(
    maria: Person, probe_of: ProbeOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    probe_of(scope=Scope.GROUP, optional=True)
    set_wish(kind=KIND, person=make_person(), level=Level.OFF)
    set_wish(kind="forum.reply", person=maria, level=Level.OFF)
    assert wants(kind=KIND, person=maria, scope=HERE)


def test_wish_of_one_network_says_nothing_in_another(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, probe_of: ProbeOf
) -> None:
    probe_of(optional=True)
    with bind(niedersachsen):
        maria = make_person()
        set_wish(kind=KIND, person=maria, level=Level.OFF)
    with bind(bayern):
        assert wants(kind=KIND, person=maria)


def test_changed_wish_is_one_row(maria: Person, probe_of: ProbeOf) -> None:
    probe_of(scope=Scope.GROUP, optional=True)
    for level in (Level.AT_ONCE, Level.WEEKLY):
        set_wish(kind=KIND, person=maria, level=level)
        set_wish(kind=KIND, person=maria, level=level, group=GROUP)
    assert sorted(Wish.objects.values_list("group", "level"), key=str) == [(GROUP, "weekly"), (None, "weekly")]


def test_who_asked_is_found_whether_it_concerns_them_or_not(
    maria: Person, probe_of: ProbeOf, wish_about_topic: Callable[[Person, bool], None]
) -> None:
    probe_of(scope=Scope.TOPIC, optional=True)
    follower, mute, silent = (make_person() for _ in range(3))
    set_wish(kind=KIND, person=maria, level=Level.AT_ONCE, group=GROUP)
    set_wish(kind=KIND, person=mute, level=Level.AT_ONCE, group=GROUP)
    wish_about_topic(mute, False)
    wish_about_topic(follower, True)
    assert silent.pk not in asked_for(kind=KIND, scope=HERE)
    assert asked_for(kind=KIND, scope=HERE) == {maria.pk, follower.pk}


def test_what_cannot_be_switched_off_is_told_against_any_wish(maria: Person, probe_of: ProbeOf) -> None:
    probe_of(scope=Scope.GROUP, optional=True)
    set_wish(kind=KIND, person=maria, level=Level.OFF)
    probe_of(scope=Scope.GROUP)
    assert len(_told(maria)) == 1
    with pytest.raises(CannotWish, match="cannot be switched off"):
        set_wish(kind=KIND, person=maria, level=Level.OFF)


def test_kind_of_the_network_takes_no_wish_about_a_group(maria: Person, probe_of: ProbeOf) -> None:
    probe_of(optional=True)
    with pytest.raises(CannotWish, match="not told by group"):
        set_wish(kind=KIND, person=maria, level=Level.OFF, group=GROUP)


def test_asking_who_chose_reads_nothing_of_who_chose_for_groups_alone(
    in_niedersachsen: BoundNetwork, probe_of: Callable[..., Kind]
) -> None:
    probe_of(optional=True, by_group=True, scope=Scope.GROUP)
    asked, general = make_person("Anna A", password=None), make_person("Bert B", password=None)
    set_wish(kind="probe.told", person=asked, level=Level.DAILY)
    pause(person=asked, until=timezone.localdate())
    set_general_wish(person=general, level=Level.AT_ONCE)
    with CaptureQueriesContext(connection) as queries:
        assert asked_for(kind="probe.told", scope=Within(group=7)) == {asked.pk}
    (query,) = queries.captured_queries
    with connection.cursor() as cursor:
        cursor.execute(query["sql"])
        assert {row[0] for row in cursor.fetchall()} == {asked.pk}
    assert Wish.objects.filter(person=general).exists()
