"""The page on which a member says how they want to be told."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from dkbm.accounts.models import Person
from dkbm.notifications.domain.wishes import Wishes, set_default_level, wishes_of
from dkbm.notifications.enums import Level
from dkbm.notifications.models import Wish
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.groups import join_group, make_group
from tests.factories.people import make_person
from workgroups.models import Workgroup

PAGE = "/benachrichtigungen/e-mails/"
KINDS = (
    "catalogue-example", "editorial-issue", "event-announced", "forum-accepted", "forum-mention", "forum-poll_ended",
    "forum-reply", "forum-topic", "group-announcement", "group-invited", "group-subgroup_founded", "member-message",
    "search-found",
)  # fmt: skip


@pytest.fixture
def person(niedersachsen: BoundNetwork) -> Person:
    with bind(niedersachsen):
        return make_person()


@pytest.fixture
def group(niedersachsen: BoundNetwork, person: Person) -> Workgroup:
    with bind(niedersachsen):
        group = make_group()
        join_group(group, person)
        make_group("Fremde Gruppe")
        return group


@pytest.fixture
def client(niedersachsen: BoundNetwork, client_of: Callable[..., Client], person: Person, group: Workgroup) -> Client:
    return client_of(niedersachsen, person)


def chosen(client: Client) -> dict[str, str]:
    form = client.get(PAGE).context["form"]
    return {name: form[name].initial for name in ("general", *form.groups, *form.kinds)}


def test_says_what_holds_and_saves_what_is_chosen(
    niedersachsen: BoundNetwork, client: Client, person: Person, group: Workgroup
) -> None:
    assert f'href="{PAGE}"' in client.get("/benachrichtigungen/").content.decode()
    of_group = f"gruppe-{group.pk}"
    assert chosen(client) == dict.fromkeys(["general", of_group, *KINDS], "")
    until = timezone.localdate() + datetime.timedelta(days=14)
    sent = {"general": "weekly", of_group: "at_once", "forum-reply": "off", "paused_until": until.isoformat()}
    answer = client.post(PAGE, sent, follow=True)
    assert "Ihre Einstellungen sind gespeichert." in answer.content.decode()
    with bind(niedersachsen):
        assert wishes_of(person) == Wishes(Level.WEEKLY, {group.pk: Level.AT_ONCE}, {"forum.reply": Level.OFF}, until)
    assert chosen(client)[of_group] == "at_once"
    client.post(PAGE, {})
    with bind(niedersachsen):
        assert wishes_of(person) == Wishes()


def test_says_what_is_usual_in_the_network(niedersachsen: BoundNetwork, client: Client) -> None:
    assert "wie im Netzwerk üblich: täglich" in client.get(PAGE).content.decode()
    with bind(niedersachsen):
        set_default_level(Level.BELL)
    assert "wie im Netzwerk üblich: nur auf der Plattform" in client.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [("forum-topic", "vielleicht"), ("general", "off"), ("paused_until", "2020-01-01"), ("paused_until", "morgen")],
)
def test_nonsense_changes_nothing_and_says_so(
    niedersachsen: BoundNetwork, client: Client, field: str, value: str
) -> None:
    assert client.post(PAGE, {field: value}).status_code == 422
    with bind(niedersachsen):
        assert not Wish.objects.exists()
