"""The bell: what is new for a person, on every page, and read by opening what it is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from dkbm.accounts.models import Person
from dkbm.notifications.domain.queries.notifications import unread_of
from dkbm.notifications.domain.telling import tell
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import Level, Scope
from dkbm.notifications.kinds import Kind
from dkbm.notifications.live import bell_number, may_hear
from dkbm.notifications.models import Notification
from dkbm.notifications.scopes import Within
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import guest, visitor_of
from tests.factories.forum import make_topic, space_of
from tests.factories.groups import make_group
from tests.factories.people import make_person

COUNT = "/benachrichtigungen/zahl/"


@pytest.fixture
def maria(niedersachsen: BoundNetwork) -> Person:
    with bind(niedersachsen):
        return make_person("Maria Kröger")


@pytest.fixture
def client(niedersachsen: BoundNetwork, client_of: Callable[..., Client], maria: Person) -> Client:
    return client_of(niedersachsen, maria)


@pytest.fixture
def probe(probe_of: Callable[..., Kind]) -> Kind:
    return probe_of(scope=Scope.TOPIC, optional=True)


def happen(person: Person, *, topic: int = 1, path: str = "/forum/") -> None:
    tell(
        kind="probe.told",
        people=[person],
        about=person.memberships.get(),
        occasion=uuid4().hex,
        path=path,
        scope=Within(group=1, topic=topic),
        context={"title": "Frage"},
    )


def shown(client: Client, path: str = COUNT) -> str:
    page = client.get(path).content.decode()
    bell = re.search(r'<a class="bell".*?</a>', page, re.DOTALL)
    assert bell is not None
    return " ".join(re.sub(r"<[^>]+>", " ", bell.group()).split())


def test_says_of_how_many_things_something_is_new(
    niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind
) -> None:
    assert shown(client) == "Benachrichtigungen"
    with bind(niedersachsen):
        for topic in (1, 1, 2):
            happen(maria, topic=topic)
    assert shown(client) == shown(client, "/konto/") == "Benachrichtigungen: 2 ungelesen"


def test_what_somebody_wants_to_hear_nothing_of_is_nowhere(
    niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind
) -> None:
    with bind(niedersachsen):
        set_wish(kind="probe.told", person=maria, level=Level.OFF)
        happen(maria)
        assert Notification.objects.get().level == Level.OFF
    assert shown(client) == "Benachrichtigungen"
    assert "wurde geantwortet" not in client.get("/benachrichtigungen/").content.decode()


def test_opening_what_it_is_about_reads_it(
    niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind
) -> None:
    with bind(niedersachsen):
        happen(maria, topic=1, path="/ag/")
        happen(maria, topic=2, path="/veranstaltungen/")
    assert shown(client, "/ag/") == "Benachrichtigungen: 1 ungelesen"
    with bind(niedersachsen):
        assert [row.path for row in unread_of(maria)] == ["/veranstaltungen/"]


def test_reading_posts_reads_what_was_told_of_them(niedersachsen: BoundNetwork, client: Client, maria: Person) -> None:
    with bind(niedersachsen):
        writer = make_person("Anna Verden")
        group = make_group("Daten", maria, writer)
        address = make_topic(writer, space=space_of(group)).get_absolute_url()
    assert shown(client) == "Benachrichtigungen: 1 ungelesen"
    client.post(f"{address}gelesen/", {"nummern": "1"})
    assert shown(client) == "Benachrichtigungen"


def test_bundle_is_read_as_a_whole(niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind) -> None:
    with bind(niedersachsen):
        for topic in (1, 1, 2):
            happen(maria, topic=topic)
        row = Notification.objects.filter(topic=1).first()
    page = client.get("/benachrichtigungen/").content.decode()
    assert page.count('<span class="tag state">Neu</span>') == 2
    assert "Eine frühere Nachricht dazu" in page
    client.get(f"/benachrichtigungen/{row.pk}/")
    with bind(niedersachsen):
        assert len(unread_of(maria)) == 1


def test_everybody_hears_their_own_bell(niedersachsen: BoundNetwork, maria: Person) -> None:
    with bind(niedersachsen):
        other, waiting = make_person(), make_person(state="requested")
        asked: list[Any] = [
            (visitor_of(maria), bell_number(maria.pk)),
            (visitor_of(other), bell_number(maria.pk)),
            (visitor_of(waiting), bell_number(waiting.pk)),
            (guest(), bell_number(maria.pk)),
        ]
        assert may_hear(asked) == [True, False, False, False]
