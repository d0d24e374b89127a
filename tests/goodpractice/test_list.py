"""`/katalog/`: filters combine, stay in the address and never show more than one may see."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import guest, visitor_of
from goodpractice.models import Phase, Programme
from tests.factories.catalogue import archive, make_item
from tests.factories.people import make_person
from tests.goodpractice.counting import differences

pytestmark = pytest.mark.usefixtures("vocabulary")


def titles(page: str) -> list[str]:
    return re.findall(r'<h3><a href="/katalog/[^"]+">([^<]+)</a>', page)


@pytest.fixture
def items(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(bayern):
        make_item("bsec", title="BSEC", topics=["Bsecthema"])
    with bind(niedersachsen):
        phases, programmes = {p.slug: p for p in Phase.objects.all()}, {p.slug: p for p in Programme.objects.all()}
        make_item("alpha", kind="angebot", eckpunkte=[1, 2], topics=["Ganztag"], phases=[phases["kita"]])
        make_item(
            "beta",
            eckpunkte=[2],
            topics=["Ganztag", "Kita"],
            municipality="stadt-emden",
            programmes=[programmes["lvo"]],
        )
        make_item("zeta", summary="Häuser der Bildung", checked_on=datetime.date(2026, 5, 1))
        make_item("aerger", title="Ärger", visibility="members", eckpunkte=[2], topics=["Geheimthema"])
        archive(make_item("alt", title="Alt"))


FOUND_BY_GUESTS = {
    "": ["Alpha", "Beta", "Zeta"],
    "?sortierung=geprueft": ["Zeta", "Alpha", "Beta"],
    "?eckpunkt=chefsache": ["Alpha", "Beta"],
    "?art=angebot": ["Alpha"],
    "?thema=ganztag": ["Alpha", "Beta"],
    "?thema=ganztag&art=instrument": ["Beta"],
    "?phase=kita": ["Alpha"],
    "?programm=lvo": ["Beta"],
    "?kommune=stadt-emden": ["Beta"],
    "?q=haeuser": ["Zeta"],
    "?q=verden&eckpunkt=strategie": ["Alpha", "Zeta"],
    "?q=ganztag&thema=kita": ["Beta"],
    "?thema=gibt-es-nicht": ["Alpha", "Beta", "Zeta"],
    "?thema=geheimthema": ["Alpha", "Beta", "Zeta"],
    "?q=&seite=99": ["Alpha", "Beta", "Zeta"],
    "?q=gibtesnicht": [],
    "?art=angebot&kommune=stadt-emden": [],
}


def test_guest_finds_by_filters_what_is_public(
    items: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    guest = client_of(niedersachsen)
    pages = {query: guest.get(f"/katalog/{query}").text for query in FOUND_BY_GUESTS}
    assert {query: titles(page) for query, page in pages.items()} == FOUND_BY_GUESTS
    for secret in ("Ärger", "Geheimthema", "BSEC", "Bsecthema", "Alt<"):
        assert [query for query, page in pages.items() if secret in page] == []


def test_member_finds_what_is_for_members_in_german_order(
    items: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        member = make_person()
    client = client_of(niedersachsen, member)
    assert titles(client.get("/katalog/").content.decode()) == ["Alpha", "Ärger", "Beta", "Zeta"]
    assert titles(client.get("/katalog/?thema=geheimthema").content.decode()) == ["Ärger"]


def test_numbers_of_a_choice_count_all_other_filters(
    items: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    page = client_of(niedersachsen).get("/katalog/?thema=ganztag&art=angebot").content.decode()
    assert "1 Beispiel gefunden" in page
    assert '<option value="ganztag" selected>Ganztag und Ferienangebote (1)</option>' in page
    assert '<option value="angebot" selected>Angebot (1)</option>' in page
    assert '<option value="instrument">Instrument (1)</option>' in page
    assert '<option value="chefsache">2 Bildung als zentrale Aufgabe (1)</option>' in page
    assert 'href="/katalog/">Alle Filter zurücksetzen</a>' in page


def test_numbers_agree_with_counting_the_rows(items: None, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        for visitor in (guest(), visitor_of(make_person())):
            assert differences(visitor) == []


def test_three_filters_stand_open_and_more_behind_a_fold(
    items: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    page = BeautifulSoup(client_of(niedersachsen).get("/katalog/").text, "html.parser")
    form = page.select_one("main form.filters")
    fold = form.select_one("details.filters-more")
    folded = [str(field["name"]) for field in fold.select("select")]
    assert folded == ["thema", "phase", "programm"]
    assert " ".join(fold.summary.text.split()) == "Mehr Filter: Schlagwort, Bildungsphase, Programm"
    assert [str(field["name"]) for field in form.select("[name]") if field["name"] not in folded] == [
        "q",
        "eckpunkt",
        "art",
        "kommune",
    ]


def test_more_filters_are_open_while_one_of_them_narrows(
    items: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    client = client_of(niedersachsen)
    for query, is_open in (
        ("", False),
        ("?q=Kita&sortierung=geprueft&art=angebot&kommune=stadt-emden&eckpunkt=chefsache", False),
        ("?thema=ganztag", True),
        ("?phase=kita&art=angebot", True),
        ("?programm=lvo", True),
    ):
        assert ('<details class="filters-more" open>' in client.get(f"/katalog/{query}").text) == is_open, query


def test_order_keeps_the_filters_and_filters_keep_the_order(
    items: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    client = client_of(niedersachsen)
    page = client.get("/katalog/?eckpunkt=chefsache&seite=1").text
    assert '<a href="?eckpunkt=chefsache&amp;sortierung=geprueft">zuletzt geprüfte zuerst</a>' in page
    assert 'name="sortierung"' not in page
    page = client.get("/katalog/?eckpunkt=chefsache&sortierung=geprueft").text
    assert '<a href="?eckpunkt=chefsache">nach Titel</a>' in page
    assert '<input type="hidden" name="sortierung" value="geprueft">' in page


@pytest.mark.parametrize("value", ["", "%20", "gibt-es-nicht", "a" * 5000, "ganztag%0A"])
def test_filter_that_names_nothing_counts_as_not_chosen(
    items: None, niedersachsen: BoundNetwork, client_of: Callable[..., Client], value: str
) -> None:
    client = client_of(niedersachsen)
    everything = titles(client.get("/katalog/").content.decode())
    for name in ("eckpunkt", "art", "thema", "phase", "programm", "kommune"):
        page = client.get(f"/katalog/?{name}={value}").content.decode()
        assert titles(page) == everything, name
        assert '<details class="filters-more">' in page, name
        assert "Alle Filter zurücksetzen" not in page, name
    page = client.get(f"/katalog/?art=angebot&phase={value}").content.decode()
    assert ("Alle Filter zurücksetzen" in page, '<details class="filters-more">' in page) == (True, True)


def test_pages_keep_the_filters(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        for number in range(21):
            make_item(f"beispiel-{number:02}")
    client = client_of(niedersachsen)
    first = client.get("/katalog/?art=instrument").content.decode()
    assert "?art=instrument&amp;seite=2" in first
    assert "21 Beispiele gefunden" in first
    assert titles(client.get("/katalog/?art=instrument&seite=2").content.decode()) == ["Beispiel 20"]


def test_empty_catalogue_says_what_to_do_next(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        member, editor = make_person(), make_person(roles=("editor",))
    for person, sentence in (
        (None, "Noch keine öffentlichen Beispiele"),
        (member, "Kennen Sie ein gutes Beispiel?"),
        (editor, "Beispiel anlegen"),
    ):
        assert sentence in client_of(niedersachsen, person).get("/katalog/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_list(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        for number in range(rows):
            make_item(f"beispiel-{number}", eckpunkte=[1, 2], topics=["Ganztag", "Kita"])
    client = client_of(niedersachsen)
    client.get("/katalog/")
    with django_assert_num_queries(5):
        client.get("/katalog/")


@pytest.mark.parametrize("rows", [1, 3])
def test_home_panel_shows_the_three_newest(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], rows: int, django_assert_num_queries: Any
) -> None:
    from dkbm.tenancy.visitor import guest
    from goodpractice.domain.queries.items import newest_items

    with bind(niedersachsen):
        for number in range(rows + 1):
            make_item(f"beispiel-{number}")
        make_item("intern", visibility="members")
        with django_assert_num_queries(2):
            assert len(newest_items(guest(), 3)) == min(rows + 1, 3)
    page = client_of(niedersachsen).get("/").content.decode()
    assert (
        re.findall(r'<h3><a href="/katalog/[^"]+">([^<]+)</a>', page)
        == [f"Beispiel {number}" for number in range(rows, -1, -1)][:3]
    )
