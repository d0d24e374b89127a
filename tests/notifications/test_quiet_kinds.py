"""Quiet kinds: whom it concerns finds a row on their page; mails go to those in office and to who asked for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.notifications.domain.telling_many import FEW, tell_crowd, tell_many
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Crowd, Mail, Notification, Wish
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.models import Membership
from tests.factories.people import make_person

GROUP = 7
PAGE = "/benachrichtigungen/e-mails/"


@pytest.fixture
def quiet(probe_of: Callable[..., Kind]) -> Kind:
    return probe_of(quiet=True, optional=True, scope=Scope.GROUP)


def tell_them(*people: Person, mailed: tuple[Person, ...] = ()) -> None:
    tell_many(
        kind="probe.told",
        people=[person.pk for person in people],
        about=Membership.objects.earliest("pk"),
        scope=Within(group=GROUP),
        path="/forum/",
        context={"title": "Frage"},
        mailed=[person.pk for person in mailed],
    )


def mailed() -> set[Any]:
    return set(Mail.objects.values_list("recipient_id", flat=True))


@pytest.mark.parametrize(
    ("network", "group", "in_office", "expected"),
    [
        (None, None, False, False),
        (None, None, True, True),
        (True, None, False, True),
        (False, None, True, False),
        (None, True, False, True),
        (True, False, False, False),
        (False, True, False, True),
        (None, False, True, False),
    ],
)
def test_narrowest_wish_decides_about_the_mail_and_the_row_is_always_there(
    in_niedersachsen: BoundNetwork, quiet: Kind, network: Any, group: Any, in_office: bool, expected: bool
) -> None:
    person = make_person()
    for wanted, where in ((network, None), (group, GROUP)):
        if wanted is not None:
            set_wish(kind="probe.told", person=person, wanted=wanted, group=where)
    tell_them(person, mailed=(person,) if in_office else ())
    assert Notification.objects.get().person_id == person.pk
    assert mailed() == ({person.pk} if expected else set())


def test_crowd_keeps_who_is_mailed(in_niedersachsen: BoundNetwork, quiet: Kind) -> None:
    people = [make_person(password=None) for _ in range(FEW + 1)]
    tell_them(*people, mailed=tuple(people[:2]))
    tell_crowd(crowd_id=Crowd.objects.get().pk)
    assert Notification.objects.count() == len(people)
    assert mailed() == {person.pk for person in people[:2]}


class TestPage:
    @pytest.fixture
    def person(self, niedersachsen: BoundNetwork) -> Person:
        with bind(niedersachsen):
            return make_person()

    @pytest.fixture
    def client(self, niedersachsen: BoundNetwork, client_of: Callable[..., Client], person: Person) -> Client:
        return client_of(niedersachsen, person)

    def test_says_what_holds_and_saves_what_is_chosen(self, niedersachsen: BoundNetwork, client: Client) -> None:
        assert f'href="{PAGE}"' in client.get("/benachrichtigungen/").content.decode()
        assert chosen(client) == {
            "catalogue-example": "nein", "editorial-issue": "nein",
            "event-announced": "ja", "forum-reply": "ja", "forum-topic": "",
            "group-invited": "ja", "group-subgroup_founded": "", "member-message": "ja",
        }  # fmt: skip
        sent = {
            "catalogue-example": "ja", "editorial-issue": "ja",
            "event-announced": "nein", "forum-reply": "nein", "forum-topic": "nein",
            "group-invited": "nein", "group-subgroup_founded": "ja", "member-message": "nein",
        }  # fmt: skip
        answer = client.post(PAGE, sent, follow=True)
        assert "Ihre Einstellungen sind gespeichert." in answer.content.decode()
        assert chosen(client) == sent
        client.post(PAGE, {**sent, "forum-topic": ""})
        assert chosen(client) == {**sent, "forum-topic": ""}
        with bind(niedersachsen):
            assert not Wish.objects.filter(kind="forum.topic").exists()

    def test_nonsense_changes_nothing_and_says_so(self, niedersachsen: BoundNetwork, client: Client) -> None:
        assert client.post(PAGE, {"forum-topic": "vielleicht"}).status_code == 422
        with bind(niedersachsen):
            assert not Wish.objects.exists()


def chosen(client: Client) -> dict[str, str]:
    form = client.get(PAGE).context["form"]
    return {name: form[name].initial for name in form.kinds}
