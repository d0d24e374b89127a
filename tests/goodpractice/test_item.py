"""`/katalog/<slug>/`: three parts, whom to call, and who sees which of it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.tenancy.context import BoundNetwork, bind
from goodpractice.domain.saving import Contact
from goodpractice.models import TransfergegenstandPage
from tests.factories.catalogue import archive, make_item
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("vocabulary")


@pytest.fixture
def clients(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> dict[str, Client]:
    with bind(niedersachsen):
        people = {
            "guest": None,
            "waiting": make_person(state="requested"),
            "member": make_person(),
            "editor": make_person(roles=("editor",)),
            "manager": make_person(roles=("manager",)),
        }
    return {name: client_of(niedersachsen, person) for name, person in people.items()}


def test_page_shows_parts_facts_links_and_is_honest_about_gaps(
    niedersachsen: BoundNetwork, clients: dict[str, Client]
) -> None:
    with bind(niedersachsen):
        make_item(
            initiierung="Am Anfang <script>alert(1)</script>.",
            meilensteine="",
            resources="Zwei Stellen",
            success_factors=["Geduld"],
            figures=[{"label": "Stellen", "value": 2, "unit": "Stellen", "year": 2021}],
            links=["www.verden.de"],
            source="Blickpunkt 2021",
            year=2021,
            checked_on=datetime.date(2026, 10, 12),
            eckpunkte=[2, 1],
        )
        make_item("verwandt", eckpunkte=[2])
        make_item("intern", eckpunkte=[2], visibility="members")
    page = clients["guest"].get("/katalog/bildungsbuero/").content.decode()
    assert page.count("<h1") == 1
    for text in (
        "Kurz gesagt.",
        "Am Anfang &lt;script&gt;",
        "Dazu nennt die Quelle nichts.",
        "<dt>Eckpunkte</dt><dd>2 Bildung als zentrale Aufgabe<br>1 Eine Strategie entwickeln</dd>",
        'Was es braucht</h2></header>\n<div class="text"><p>Zwei Stellen</p>',
        "<dt>Quelle</dt><dd>Blickpunkt 2021</dd>",
        "Zuletzt geprüft am 12. Oktober 2026",
        '<a href="https://www.verden.de" rel="noopener noreferrer">www.verden.de</a>',
        '<a href="/katalog/verwandt/">Verwandt</a>',
    ):
        assert text in page
    assert page.count("Dazu nennt die Quelle nichts.") == 2
    assert "/katalog/intern/" not in page


def test_contact_data_is_for_members(niedersachsen: BoundNetwork, clients: dict[str, Client]) -> None:
    contact = Contact(
        "Leitung",
        "Bildungsbüro",
        name="Erika Muster",
        phone="04231 15-0",
        mail="buero@example.org",
        confirmed_on=datetime.date(2026, 10, 1),
    )
    with bind(niedersachsen):
        make_item(contacts=[contact])
    for who, client in clients.items():
        page = client.get("/katalog/bildungsbuero/").content.decode()
        assert "<b>Leitung</b>" in page or "<br>Leitung" in page
        assert ">Landkreis Verden</a></p>" in page.partition("<br>Bildungsbüro,")[2]
        assert "Angaben bestätigt am 1. Oktober 2026" in page
        seen = [value in page for value in ("tel:04231150", "mailto:buero@example.org", "Erika Muster")]
        assert seen == [who not in {"guest", "waiting"}] * 3, who
        assert ("Rufen Sie an" in page) == (who not in {"guest", "waiting"})
        assert page.count(' id="kontakt"') == 1
        assert page.index(' id="kontakt"') < page.index("Initiierung des Prozesses")
    assert "/konto/signup/" in clients["guest"].get("/katalog/bildungsbuero/").content.decode()
    assert "sobald Sie aufgenommen sind" in clients["waiting"].get("/katalog/bildungsbuero/").content.decode()


def test_public_contact_shows_guests_number_and_address_but_no_name(
    niedersachsen: BoundNetwork, clients: dict[str, Client]
) -> None:
    with bind(niedersachsen):
        make_item(contacts=[Contact("Leitung", name="Erika Muster", phone="04231 15-0", contact_public=True)])
    page = clients["guest"].get("/katalog/bildungsbuero/").content.decode()
    assert "tel:04231150" in page
    assert "Erika Muster" not in page


def test_contact_without_any_number_says_whom_to_ask_instead(
    niedersachsen: BoundNetwork, clients: dict[str, Client]
) -> None:
    with bind(niedersachsen):
        make_item(contacts=[Contact("Leitung")])
    for client in clients.values():
        page = client.get("/katalog/bildungsbuero/").content.decode()
        assert "Telefon und E-Mail sind uns nicht bekannt." in page


def test_item_without_contact_says_so(niedersachsen: BoundNetwork, clients: dict[str, Client]) -> None:
    with bind(niedersachsen):
        make_item(contacts=[], municipality="")
    assert "Die Quelle nennt keine Ansprechperson." in clients["guest"].get("/katalog/bildungsbuero/").content.decode()
    assert 'href="/forum/">Fragen Sie im Forum' in clients["member"].get("/katalog/bildungsbuero/").content.decode()


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("public", {"guest": 200, "waiting": 200, "member": 200, "editor": 200, "manager": 200}),
        ("members", {"guest": 404, "waiting": 404, "member": 200, "editor": 200, "manager": 200}),
        ("archived", {"guest": 404, "waiting": 404, "member": 404, "editor": 200, "manager": 200}),
    ],
)
def test_item_list_search_and_api_agree_on_who_sees_it(
    niedersachsen: BoundNetwork, clients: dict[str, Client], state: str, expected: dict[str, int]
) -> None:
    with bind(niedersachsen):
        item = make_item(visibility="public" if state == "public" else "members", title="Xylophonbüro")
        if state == "archived":
            archive(item)
    for who, client in clients.items():
        assert client.get("/katalog/bildungsbuero/").status_code == expected[who], who
        listed = expected[who] == 200 and state != "archived"
        for url in ("/katalog/", "/suche/?q=xylophonb", "/"):
            assert ('href="/katalog/bildungsbuero/"' in client.get(url).content.decode()) == listed, (who, url)
        assert client.get("/api/v1/search?q=xylophonb").json()["total"] == int(listed), who


def test_item_of_another_network_does_not_exist(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, clients: dict[str, Client]
) -> None:
    with bind(bayern):
        make_item("bsec", title="BSEC")
    for client in clients.values():
        response = client.get("/katalog/bsec/")
        assert response.status_code == 404
        assert "BSEC" not in response.content.decode()


def test_withdrawn_text_leaves_the_facts(niedersachsen: BoundNetwork, clients: dict[str, Client]) -> None:
    with bind(niedersachsen):
        make_item()
        TransfergegenstandPage.objects.get().unpublish()
    page = clients["guest"].get("/katalog/bildungsbuero/").content.decode()
    assert "wird gerade überarbeitet" in page
    assert "Kurz gesagt." not in page
    assert "Auf einen Blick" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_what_hangs_on_it(
    niedersachsen: BoundNetwork, clients: dict[str, Client], rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        contacts = [Contact(f"Leitung {number}", phone="04231 0") for number in range(rows)]
        topics = [f"Thema{number}" for number in range(rows)]
        make_item(contacts=contacts, topics=topics, eckpunkte=[1, 2, 3][:rows])
        for number in range(rows):
            make_item(f"verwandt-{number}", topics=topics)
    clients["member"].get("/katalog/bildungsbuero/")
    with django_assert_num_queries(14):
        clients["member"].get("/katalog/bildungsbuero/")
