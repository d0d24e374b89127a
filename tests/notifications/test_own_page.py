"""/benachrichtigungen/: what the member was told, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.domain.admission import leave
from dkbm.accounts.models import Person
from dkbm.notifications.domain.telling import every_time, tell
from dkbm.notifications.domain.wishes import set_wish
from dkbm.notifications.enums import Level
from dkbm.notifications.kinds import Kind
from dkbm.notifications.models import Mail, Notification, Wish
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from tests.factories.people import make_person

ClientOf = Callable[..., Client]
LIST = "/benachrichtigungen/"
PATH = "/veranstaltungen/"
QUERIES = 10


@pytest.fixture
def maria(niedersachsen: BoundNetwork) -> Person:
    with bind(niedersachsen):
        return make_person("Maria Kröger")


@pytest.fixture
def client(niedersachsen: BoundNetwork, client_of: ClientOf, maria: Person) -> Client:
    return client_of(niedersachsen, maria)


def told(network: BoundNetwork, person: Person, *titles: str, path: str = PATH) -> list[Notification]:
    with bind(network):
        about = Membership.objects.get(person=person)
        return [
            row
            for title in titles
            for row in tell(
                kind="probe.told",
                people=[person],
                about=about,
                occasion=every_time(),
                path=path,
                context={"title": title},
            )
        ]


def sentences(client: Client, query: str = "") -> list[str]:
    page = client.get(LIST + query).content.decode()
    return re.findall(r"Auf „(.*?)“ wurde geantwortet\.", page)


def test_newest_stands_first_with_sentence_kind_and_time(
    niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind
) -> None:
    (row, _) = told(niedersachsen, maria, "Alt", "Neu & <b>")
    page = client.get(LIST).content.decode()
    assert sentences(client) == ["Neu &amp; &lt;b&gt;", "Alt"]
    assert f'<a href="{LIST}{row.pk}/">Auf „Alt“ wurde geantwortet.</a>' in page
    assert "Antwort, <time" in page


def test_what_is_new_is_marked_until_it_was_opened(
    niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind
) -> None:
    told(niedersachsen, maria, "Erste")
    (row,) = told(niedersachsen, maria, "Zweite")
    assert client.get(LIST).content.decode().count('<li class="new">') == 1  # both are about one thing
    answer = client.get(f"{LIST}{row.pk}/")
    assert (answer.status_code, answer["Location"]) == (302, PATH)
    assert client.get(LIST).content.decode().count('<li class="new">') == 0
    with bind(niedersachsen):
        row.refresh_from_db()
        first_time = row.read
    client.get(f"{LIST}{row.pk}/")
    with bind(niedersachsen):
        row.refresh_from_db()
    assert row.read == first_time is not None


def test_all_are_read_at_once(niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind) -> None:
    with bind(niedersachsen):
        other = make_person()
    told(niedersachsen, maria, "Erste", "Zweite")
    told(niedersachsen, other, "Fremde")
    assert b"Alle als gelesen markieren" in client.get(LIST).content
    answer = client.post(f"{LIST}gelesen/")
    assert (answer.status_code, answer["Location"]) == (302, LIST)
    page = client.get(LIST).content.decode()
    assert ('class="new"' in page, "Alle als gelesen markieren" in page) == (False, False)
    with bind(niedersachsen):
        assert Notification.objects.get(person=other).read is None


def test_fifty_stand_on_a_page(niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind) -> None:
    told(niedersachsen, maria, *(str(number) for number in range(51)))
    assert len(sentences(client)) == 50
    assert sentences(client, "?seite=2") == ["0"]
    assert "Seite 1 von 2, 51 Benachrichtigungen" in re.sub(r"\s+", " ", client.get(LIST).content.decode())


def test_empty_page_says_what_to_do(client: Client) -> None:
    page = client.get(LIST).content.decode()
    assert "Noch keine Benachrichtigungen" in page
    assert '<a class="btn quiet" href="/forum/">Zum Forum</a>' in page


def test_nobody_sees_or_opens_what_others_were_told(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client: Client, maria: Person, probe: Kind
) -> None:
    with bind(niedersachsen):
        other = make_person()
    with bind(bayern):
        Membership.objects.create(person_id=maria.pk, state=MembershipState.ACTIVE)
        stranger = make_person()
    rows = [
        *told(niedersachsen, other, "eines anderen"),
        *told(bayern, stranger, "eines Fremden"),
        *told(bayern, maria, "eigene anderswo"),
    ]
    assert sentences(client) == []
    assert [client.get(f"{LIST}{row.pk}/").status_code for row in rows] == [404, 404, 404]
    client.post(f"{LIST}gelesen/")
    for network in (niedersachsen, bayern):
        with bind(network):
            assert not Notification.objects.filter(read__isnull=False).exists()


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (MembershipState.ACTIVE, 200),
        (MembershipState.REQUESTED, 403),
        (MembershipState.LEFT, 302),  # is no longer signed in
    ],
)
def test_only_members_have_the_page(
    niedersachsen: BoundNetwork, client_of: ClientOf, probe: Kind, state: str, status: int
) -> None:
    with bind(niedersachsen):
        person = make_person(state=state)
    (row,) = told(niedersachsen, person, "Frage")
    client = client_of(niedersachsen, person)
    assert client.get(LIST).status_code == status
    assert client.get(f"{LIST}{row.pk}/").status_code == (302 if status == 200 else status)
    assert client.post(f"{LIST}gelesen/").status_code == (302 if status == 200 else status)


def test_guests_sign_in_first(niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    answer = client_of(niedersachsen).get(LIST)
    assert (answer.status_code, answer["Location"]) == (302, f"/konto/login/?next={LIST}")


def test_reading_all_is_no_link(client: Client) -> None:
    assert client.get(f"{LIST}gelesen/").status_code == 405


def test_deleted_thing_says_so_and_has_no_link(
    niedersachsen: BoundNetwork, client: Client, maria: Person, probe_of: Callable[..., Kind]
) -> None:
    things = Membership.objects.exclude
    probe_of(things=lambda: things(person=maria.pk))
    with bind(niedersachsen):
        other = Membership.objects.get(person=make_person())
        tell(kind="probe.told", people=[maria], about=other, path=PATH, context={"title": "Da"})
    (gone,) = told(niedersachsen, maria, "Weg")
    page = client.get(LIST).content.decode()
    assert page.count("Das wurde inzwischen gelöscht.") == 1
    assert f"{LIST}{gone.pk}/" not in page
    assert "<h2>Auf „Weg“ wurde geantwortet.</h2>" in page
    assert re.search(r"<h2><a [^>]*>Auf „Da“ wurde geantwortet\.</a></h2>", page)


def test_row_of_a_kind_that_is_no_longer_there_is_shown(
    niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind
) -> None:
    told(niedersachsen, maria, "Frage")
    with bind(niedersachsen):
        Notification.objects.update(kind="gone.kind")
    assert ">gone.kind</a></h2>" in client.get(LIST).content.decode()


def test_row_without_a_value_that_the_sentence_names_by_now_is_shown(
    niedersachsen: BoundNetwork, client: Client, maria: Person, probe: Kind
) -> None:
    told(niedersachsen, maria, "Frage")
    with bind(niedersachsen):
        Notification.objects.update(values={"name": "alt"})
    assert sentences(client) == ["–"]


def test_leaving_the_network_takes_notifications_and_wishes_along(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, maria: Person, probe_of: Callable[..., Kind]
) -> None:
    probe_of(optional=True)
    with bind(niedersachsen):
        other = make_person()
    with bind(bayern):
        Membership.objects.create(person_id=maria.pk, state=MembershipState.ACTIVE)
    for network, person in ((niedersachsen, maria), (niedersachsen, other), (bayern, maria)):
        told(network, person, "Frage")
        with bind(network):
            set_wish(kind="probe.told", person=person, level=Level.AT_ONCE)
    with bind(niedersachsen):
        leave(membership=Membership.objects.get(person=maria))
        assert list(Notification.objects.values_list("person_id", flat=True)) == [other.pk]
        assert list(Wish.objects.values_list("person_id", flat=True)) == [other.pk]
        assert Mail.objects.filter(recipient=maria).count() == 1
    with bind(bayern):
        assert (Notification.objects.count(), Wish.objects.count()) == (1, 1)


def test_account_menu_leads_to_the_page(niedersachsen: BoundNetwork, client_of: ClientOf, client: Client) -> None:
    link = '<li><a href="/benachrichtigungen/">Benachrichtigungen</a></li>'
    assert link in client.get("/").content.decode()
    with bind(niedersachsen):
        waiting = make_person(state=MembershipState.REQUESTED)
    assert link not in client_of(niedersachsen, waiting).get("/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(
    niedersachsen: BoundNetwork,
    client: Client,
    maria: Person,
    probe_of: Callable[..., Kind],
    rows: int,
    django_assert_num_queries: Any,
) -> None:
    probe_of(things=Membership.objects.all)
    told(niedersachsen, maria, *(str(number) for number in range(rows)))
    client.get(LIST)
    with django_assert_num_queries(QUERIES):
        assert len(sentences(client)) == rows
