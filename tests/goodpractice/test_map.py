"""The catalogue on the map: its numbers are those of the list beside it and of what was asked for."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from dkbm.core.maps.numbers import APART, spread
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import BoundNetwork, bind_all
from goodpractice.domain.searching import index_item
from tests.core.maps.reading import districts, links
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.people import make_person

ClientOf = Callable[..., Client]


@pytest.fixture
def items(in_niedersachsen: BoundNetwork) -> None:
    """Two of Stade, one of Leer and Stade, one for members, one from elsewhere, one from nowhere."""
    load_vocabulary()
    with bind_all("three municipalities for a test", as_owner=True):
        for name, key, network in (
            ("Stade", "03359", "niedersachsen"),
            ("Leer", "03457", "niedersachsen"),
            ("Coburg", "09473", ""),
        ):
            row = {"name": f"Landkreis {name}", "district_key": key, "network_slug": network, "kind": "landkreis"}
            Municipality.objects.update_or_create(slug=f"landkreis-{name.lower()}", defaults=row)
    make_item("lotse", municipality="landkreis-stade", kind="angebot")
    make_item("tafel", municipality="landkreis-stade")
    both = make_item("bericht", municipality="landkreis-leer")
    both.further_municipalities.add(Municipality.objects.get(slug="landkreis-stade"))
    index_item(both)
    make_item("intern", municipality="landkreis-leer", visibility="members")
    make_item("coburg", municipality="landkreis-coburg")
    make_item("ueberall", municipality="")


def listed(page: str) -> dict[str, tuple[int, list[str]]]:
    """Place -> its number and its examples, as the list says."""
    places = BeautifulSoup(page, "html.parser").select("main .places > li")
    return {
        place.h3.get_text(" ", strip=True).partition(" ")[2]: (
            int(place.select_one(".place-number").text),
            [each.get_text() for each in place.select(":scope > ul a")],
        )
        for place in places
    }


def test_numbers_on_the_map_are_those_of_the_list(
    items: None, in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    page = client_of(in_niedersachsen).get("/katalog/?ansicht=karte").text
    places = listed(page)
    assert places == {
        "Landkreis Coburg": (1, ["Coburg"]),
        "Landkreis Leer": (1, ["Bericht"]),
        "Landkreis Stade": (3, ["Bericht", "Lotse", "Tafel"]),
        "Ohne einzelne Kommune": (1, ["Ueberall"]),
    }
    assert "5 Beispiele gefunden" in page
    assert "Sie zählen in jeder." in page
    assert {name: value for name, _url, value, _tone in districts(page)} == {
        "Landkreis Leer": 1,
        "Landkreis Stade": 3,
    }
    written = [int(each.text) for each in BeautifulSoup(page, "html.parser").select(".map-numbers text")]
    assert sorted(written) == [1, 3]


def test_number_of_a_city_stands_beside_that_of_the_district_around_it() -> None:
    spots = spread(((100, 100, 1), (100, 100, 2), (110, 100, 3), (400, 400, 4)))
    assert [spot.value for spot in spots] == [1, 2, 3, 4]
    assert (spots[3].left, spots[3].top) == (400, 400)
    for one, other in combinations(spots, 2):
        assert math.dist((one.x, one.y), (other.x, other.y)) >= APART


def test_links_lead_to_as_many_as_the_map_says_and_keep_the_filters(
    items: None, in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    client = client_of(in_niedersachsen, make_person())
    for query in ("", "art=instrument", "q=lotse&sortierung=geprueft", "kommune=landkreis-leer"):
        page = client.get(f"/katalog/?{query}&ansicht=karte").text
        found = links(page)
        assert found, query
        for name, url, value, _tone in found:
            assert client.get(f"/katalog/{url}").text.count('<h3><a href="/katalog/') == value, (query, name)
            for part in query.split("&"):
                assert part in url or part.startswith("kommune")
        beside = {place["href"] for place in BeautifulSoup(page, "html.parser").select(".places h3 a")}
        assert {url for _name, url, *_rest in found} <= beside


def test_views_keep_what_was_chosen(items: None, in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    client = client_of(in_niedersachsen)
    for query, current in (("art=angebot&seite=1", "Liste"), ("art=angebot&ansicht=karte", "Karte")):
        page = BeautifulSoup(client.get(f"/katalog/?{query}").text, "html.parser")
        ways = {way.get_text(strip=True): way for way in page.select(".switch a")}
        assert ways["Liste"]["href"] == "?art=angebot"
        assert ways["Karte"]["href"] == "?art=angebot&ansicht=karte"
        assert [name for name, way in ways.items() if way.get("aria-current")] == [current]
        assert len(page.select('form.filters [name="ansicht"]')) == (current == "Karte")
    nothing = client.get("/katalog/?ansicht=karte&q=gibtesnicht").text
    assert "Dazu gibt es noch kein Beispiel" in nothing
    assert "map-picture" not in nothing


def test_map_asks_as_much_for_more_examples(
    items: None, in_niedersachsen: BoundNetwork, client_of: ClientOf, django_assert_num_queries: Any
) -> None:
    client = client_of(in_niedersachsen)
    client.get("/katalog/?ansicht=karte")
    for number in range(2):
        with django_assert_num_queries(5):
            client.get("/katalog/?ansicht=karte")
        make_item(f"noch-{number}", municipality="landkreis-verden")
