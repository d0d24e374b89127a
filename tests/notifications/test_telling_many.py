"""A crowd is told by a task, a few at once; both tell the same people the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from dkbm.accounts.models import Person
from dkbm.notifications.domain import telling_many
from dkbm.notifications.domain.telling_many import FEW, TELL_TASK, tell_crowd, tell_many
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Crowd, Mail, Notification
from dkbm.notifications.tasks import sweep_crowds
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Membership
from tests.factories.people import make_person


@pytest.fixture
def people(in_niedersachsen: BoundNetwork) -> list[Person]:
    return [make_person(f"Person {number}", password=None) for number in range(FEW + 5)]


def tell_them(people: Sequence[Person]) -> None:
    tell_many(
        kind="probe.told",
        people=[person.pk for person in people],
        about=Membership.objects.earliest("pk"),
        path="/forum/",
        context={"title": "Frage"},
    )


def told() -> set[Any]:
    return set(Notification.objects.values_list("person", flat=True))


def test_a_few_are_told_at_once(people: list[Person], probe: Kind) -> None:
    tell_them(people[:FEW])
    assert told() == {person.pk for person in people[:FEW]}
    assert (Mail.objects.count(), Crowd.objects.count()) == (FEW, 0)


def test_many_are_told_by_a_task_in_parts(
    people: list[Person], probe: Kind, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    published: list[Any] = []
    monkeypatch.setattr("dkbm.core.commits._publish", lambda *what: published.append(what))
    monkeypatch.setattr(telling_many, "MOST_AT_ONCE", 10)
    with django_capture_on_commit_callbacks(execute=True):
        tell_them(people)
    crowd = Crowd.objects.get()
    assert published == [(TELL_TASK, {"crowd_id": crowd.pk})]
    assert told() == set()
    tell_crowd(crowd_id=crowd.pk)
    assert told() == {person.pk for person in people}
    assert (Mail.objects.count(), Crowd.objects.count()) == (len(people), 0)
    tell_crowd(crowd_id=crowd.pk)  # a message may come twice
    assert Mail.objects.count() == len(people)


def test_whoever_has_left_meanwhile_is_not_told(people: list[Person], probe: Kind) -> None:
    tell_them(people)
    Membership.objects.filter(person=people[0]).update(state="left")
    tell_crowd(crowd_id=Crowd.objects.get().pk)
    assert told() == {person.pk for person in people[1:]}


def test_what_a_dead_worker_left_is_told_once_in_the_end(
    people: list[Person], probe: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling_many, "MOST_AT_ONCE", 10)
    tell_them(people)
    crowd = Crowd.objects.get()
    telling_many._tell_some(crowd.pk)
    assert len(told()) == 10
    tell_crowd(crowd_id=crowd.pk)
    assert (len(told()), Mail.objects.count()) == (len(people), len(people))


def test_sweep_finds_the_crowds_of_each_network(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, probe: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    monkeypatch.setattr(
        "dkbm.notifications.tasks.tell_crowd.apply_async", lambda *, kwargs, **_how: sent.append(kwargs["crowd_id"])
    )
    for network in (niedersachsen, bayern):
        with bind(network):
            tell_them([make_person(f"Person {number}", password=None) for number in range(FEW + 1)])
    sweep_crowds()
    crowds = []
    for network in (niedersachsen, bayern):
        with bind(network):
            crowds.append(Crowd.objects.get().pk)
    assert sorted(sent) == sorted(crowds)


def test_crowd_of_another_network_is_not_told(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, people: list[Person], probe: Kind
) -> None:
    tell_them(people)
    crowd = Crowd.objects.get()
    with bind(bayern):
        tell_crowd(crowd_id=crowd.pk)
    assert (Crowd.objects.count(), told()) == (1, set())
