"""How somebody is told, and by which rule: every rule alone, and each against those that it beats."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.notifications import scopes
from dkbm.notifications.domain.deciding import decide
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.domain.wishes import (
    pause,
    set_default_level,
    set_general_wish,
    set_group_wish,
    set_wish,
)
from dkbm.notifications.enums import Level, Rule, Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Mail, Notification
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork
from tests.factories.people import make_person

GROUP, TOPIC = 7, 70
HERE = Within(group=GROUP, topic=TOPIC)

N, D, W, B, X = Level.AT_ONCE, Level.DAILY, Level.WEEKLY, Level.BELL, Level.OFF
"""The levels, short: at once (N), daily, weekly, on the platform alone (B), not at all (X)."""

BY_GROUP = [
    # topic, group, kind, reason, general, network -> level, rule
    ("", "", "", "", "", "", D, Rule.NETWORK),
    ("", "", "", "", "", N, N, Rule.NETWORK),
    ("", "", "", "", "", B, B, Rule.NETWORK),
    ("", "", "", "", W, N, W, Rule.GENERAL),
    ("", "", "", "", N, "", N, Rule.GENERAL),
    ("", "", "", "", B, N, B, Rule.GENERAL),
    ("", N, "", "", B, B, N, Rule.GROUP),
    ("", D, "", "", N, N, D, Rule.GROUP),
    ("", W, "", "", N, N, W, Rule.GROUP),
    ("", B, "", "", N, N, B, Rule.GROUP_OFF),
    ("", B, N, "", N, N, B, Rule.GROUP_OFF),
    ("", B, X, "", N, N, B, Rule.GROUP_OFF),
    ("", B, "", Rule.WROTE, "", "", B, Rule.GROUP_OFF),
    ("", B, "", Rule.OFFICE, "", "", B, Rule.GROUP_OFF),
    ("", "", N, "", B, B, N, Rule.KIND),
    ("", "", D, "", B, B, D, Rule.KIND),
    ("", W, D, "", B, B, D, Rule.KIND),
    ("", N, W, "", "", "", W, Rule.KIND),
    ("", N, B, "", "", "", B, Rule.KIND),
    ("", N, X, "", "", "", X, Rule.KIND),
    ("", "", X, Rule.WROTE, "", "", X, Rule.KIND),
    ("", "", W, Rule.OFFICE, "", "", W, Rule.KIND),
    ("", "", "", Rule.WROTE, B, B, N, Rule.WROTE),
    ("", W, "", Rule.WROTE, "", "", N, Rule.WROTE),
    ("", W, "", Rule.MENTIONED, "", "", N, Rule.MENTIONED),
    ("", "", "", Rule.OFFICE, B, B, N, Rule.OFFICE),
    ("", W, "", Rule.OFFICE, "", "", W, Rule.GROUP),
    (True, "", "", "", B, B, N, Rule.TOPIC_FOLLOWED),
    (True, B, X, "", "", "", N, Rule.TOPIC_FOLLOWED),
    (False, N, N, Rule.WROTE, N, N, X, Rule.TOPIC_MUTED),
    (False, "", "", Rule.MENTIONED, "", "", X, Rule.TOPIC_MUTED),
]

OTHERS = [
    # usual, group, kind, general, network -> level, rule
    (N, "", "", "", "", N, Rule.USUAL),
    (B, "", "", "", "", B, Rule.USUAL),
    (N, W, "", W, W, N, Rule.USUAL),
    (N, B, "", "", "", B, Rule.GROUP_OFF),
    (N, "", D, "", "", D, Rule.KIND),
    (N, "", X, N, N, X, Rule.KIND),
    (B, "", N, "", "", N, Rule.KIND),
]


@pytest.fixture
def maria(in_niedersachsen: BoundNetwork) -> Person:
    return make_person("Maria Kröger")


def choose(person: Person, *, group: Any = "", kind: Any = "", general: Any = "", network: Any = "") -> None:
    if group:
        set_group_wish(group=GROUP, person=person, level=group)
    if kind:
        set_wish(kind="probe.told", person=person, level=kind)
    if general:
        set_general_wish(person=person, level=general)
    if network:
        set_default_level(network)


@pytest.mark.parametrize(("topic", "group", "kind", "reason", "general", "network", "level", "rule"), BY_GROUP)
def test_kind_that_goes_by_group(
    maria: Person,
    probe_of: Callable[..., Kind],
    monkeypatch: pytest.MonkeyPatch,
    topic: Any,
    group: Any,
    kind: Any,
    reason: Any,
    general: Any,
    network: Any,
    level: Level,
    rule: Rule,
) -> None:
    probe = probe_of(scope=Scope.TOPIC, optional=True, by_group=True)
    choose(maria, group=group, kind=kind, general=general, network=network)
    if topic != "":
        monkeypatch.setattr(scopes, "_topic_wishes", [lambda topic_id: {maria.pk: topic} if topic_id == TOPIC else {}])
    because = {maria.pk: reason} if reason else {}
    ruling = decide(probe, [maria.pk], HERE, because)[maria.pk]
    assert (ruling.level, ruling.rule) == (level, rule)
    tell(
        kind="probe.told",
        people=[maria],
        about=maria.memberships.get(),
        path="/",
        scope=HERE,
        context={"title": "Frage"},
        because=because,
    )
    row = Notification.objects.get(person=maria)
    assert (row.level, row.rule, Mail.objects.count()) == (level, rule, int(level == Level.AT_ONCE))


@pytest.mark.parametrize(("usual", "group", "kind", "general", "network", "level", "rule"), OTHERS)
def test_kind_that_concerns_single_people(
    maria: Person,
    probe_of: Callable[..., Kind],
    usual: Any,
    group: Any,
    kind: Any,
    general: Any,
    network: Any,
    level: Level,
    rule: Rule,
) -> None:
    probe = probe_of(scope=Scope.GROUP, optional=True, level=usual)
    choose(maria, group=group, kind=kind, general=general, network=network)
    ruling = decide(probe, [maria.pk], Within(group=GROUP))[maria.pk]
    assert (ruling.level, ruling.rule) == (level, rule)


@pytest.mark.parametrize("level", Level)
def test_what_is_mandatory_is_mailed_whatever_was_chosen(
    maria: Person, probe_of: Callable[..., Kind], level: Level
) -> None:
    probe_of(scope=Scope.GROUP, optional=True)
    choose(maria, kind=level, group=Level.BELL, general=Level.BELL, network=Level.BELL)
    pause(person=maria, until=timezone.localdate())
    probe = probe_of(scope=Scope.GROUP)
    ruling = decide(probe, [maria.pk], Within(group=GROUP))[maria.pk]
    assert (ruling.level, ruling.rule) == (Level.AT_ONCE, Rule.MANDATORY)


@pytest.mark.parametrize(
    ("days", "kind", "level", "rule"),
    [
        (0, N, D, Rule.PAUSED),
        (3, N, D, Rule.PAUSED),
        (-1, N, N, Rule.KIND),
        (3, W, W, Rule.KIND),
        (3, B, B, Rule.KIND),
        (3, X, X, Rule.KIND),
    ],
)
def test_pause_lasts_to_the_end_of_its_day(
    maria: Person, probe_of: Callable[..., Kind], days: int, kind: Level, level: Level, rule: Rule
) -> None:
    probe = probe_of(scope=Scope.GROUP, optional=True)
    choose(maria, kind=kind)
    pause(person=maria, until=timezone.localdate() + datetime.timedelta(days=days))
    ruling = decide(probe, [maria.pk], Within(group=GROUP))[maria.pk]
    assert (ruling.level, ruling.rule) == (level, rule)


def test_many_are_decided_on_in_as_many_queries_as_one(
    in_niedersachsen: BoundNetwork, probe_of: Callable[..., Kind], django_assert_num_queries: Any
) -> None:
    probe = probe_of(scope=Scope.GROUP, optional=True, by_group=True)
    people = [make_person(password=None) for _ in range(3)]
    for person, level in zip(people, (N, W, B), strict=True):
        set_group_wish(group=GROUP, person=person, level=level)
    for some in (people[:1], people):
        with django_assert_num_queries(1):
            rulings = decide(probe, [person.pk for person in some], Within(group=GROUP))
        assert [rulings[person.pk].level for person in some] == [N, W, B][: len(some)]
