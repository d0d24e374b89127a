"""`/suche/`: the page for people."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from dkbm.municipalities.facets import MUNICIPALITY
from dkbm.search.facets import TAG
from dkbm.tenancy.context import BoundNetwork, bind
from forum.facets import SPACE
from tests.factories.catalogue import make_entry
from tests.factories.people import make_person


def test_results_are_shown_with_marks_numbers_and_the_search_box_filled(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        make_entry("Häuser <i>", body="Viele Häuser", visibility="public")
        make_entry("Haus", type="page")
    page = client_of(niedersachsen).get("/suche/", {"q": "haeuser", "art": "topic"}).content.decode()
    assert "<mark>Häuser</mark> &lt;i&gt;" in page
    assert 'value="haeuser"' in page
    assert '<a href="?q=haeuser&amp;art=topic" aria-current="true">Forum (1)</a>' in page
    assert page.count("<h1") == 1


def test_empty_and_unlucky_searches_give_advice(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    client = client_of(niedersachsen)
    for query, sentence in {
        "": "Geben Sie oben ein, was Sie suchen",
        "?q=gibtesnicht": "Dazu haben wir nichts gefunden",
        "?q=gibtesnicht&art=unsinn&seite=99&sortierung=x": "Dazu haben wir nichts gefunden",
        f"?q={'x' * 5000}": "Wir lesen nur den Anfang Ihrer Suche",
    }.items():
        response = client.get(f"/suche/{query}")
        assert response.status_code == 200
        assert sentence in response.content.decode()
        assert "So finden Sie mehr" in response.content.decode()


def test_type_without_results_leads_back_to_all(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        make_entry("Haus")
    page = client_of(niedersachsen).get("/suche/?q=haus&art=event").content.decode()
    assert "Hier gibt es keinen Treffer" in page


def test_pages_of_twenty_keep_the_search(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        for number in range(21):
            make_entry(f"Kita {number}")
    client = client_of(niedersachsen)
    first = client.get("/suche/?q=kita&sortierung=datum").content.decode()
    assert "?q=kita&amp;sortierung=datum&amp;seite=2" in first
    assert client.get("/suche/?q=kita&seite=2").content.decode().count('<h3><a href="/forum/') == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_results(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        member = make_person()
        for number in range(rows):
            make_entry(f"Kita {number}", facets={TAG: [("ganztag", "Ganztag"), (f"tag-{number}", f"Tag {number}")]})
    client = client_of(niedersachsen, member)
    client.get("/suche/?q=kita")
    for query in ("", "&schlagwort=ganztag&schlagwort=tag-0&art=topic"):
        with django_assert_num_queries(14):
            client.get(f"/suche/?q=kita{query}")


def entries_with_facets() -> None:
    verden, emden = ("landkreis-verden", "Landkreis Verden"), ("stadt-emden", "Stadt Emden")
    make_entry("Kita eins", facets={TAG: [("ganztag", "Ganztag")]})
    make_entry("Kita zwei", type="publication", facets={TAG: [("sport", "Sport & Spiel")], MUNICIPALITY: [verden]})
    make_entry("Kita drei", type="event", facets={MUNICIPALITY: [verden, emden]})


def boxes(page: str) -> list[tuple[str, str, bool, str]]:
    """Name, value, ticked, label."""
    found = re.findall(
        r'type="checkbox" name="(.+?)" value="(.+?)" id="\S+?"(\s+checked)?><label [^>]+>(.+?)</label>', page
    )
    return [(name, value, bool(ticked), label) for name, value, ticked, label in found]


def test_values_of_facets_can_be_ticked_with_their_numbers(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        entries_with_facets()
    client = client_of(niedersachsen)
    page = client.get("/suche/?q=kita").text
    assert boxes(page) == [
        ("kommune", "landkreis-verden", False, "Landkreis Verden (2)"),
        ("kommune", "stadt-emden", False, "Stadt Emden (1)"),
        ("schlagwort", "ganztag", False, "Ganztag (1)"),
        ("schlagwort", "sport", False, "Sport &amp; Spiel (1)"),
    ]
    page = client.get("/suche/?q=kita&sortierung=datum&kommune=landkreis-verden&schlagwort=sport").text
    assert "1 Treffer" in page
    assert ("kommune", "landkreis-verden", True, "Landkreis Verden (1)") in boxes(page)
    assert "Filter, 2 aktiv" in page
    for kept in ('name="q" value="kita"', 'name="sortierung" value="datum"'):
        assert f'<input type="hidden" {kept}>' in page
    assert 'href="?q=kita&amp;sortierung=datum&amp;schlagwort=sport"' in page
    assert (
        'href="?q=kita&amp;art=publication&amp;sortierung=datum&amp;kommune=landkreis-verden&amp;schlagwort=sport"'
        in page
    )


def test_long_facet_shows_ten_boxes_and_a_list_of_the_others(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        words = [(f"wort-{number:02}", f"Wort {number:02}") for number in range(13)]
        make_entry("Kita eins", facets={TAG: words})
        make_entry("Kita zwei", facets={TAG: words[-4:]})
    client = client_of(niedersachsen)
    page = client.get("/suche/?q=kita&schlagwort=wort-06&schlagwort=").text
    shown = [label for name, _key, _ticked, label in boxes(page) if name == "schlagwort"]
    assert shown == [f"Wort {number:02} ({2 if number > 8 else 1})" for number in (0, 1, 2, 3, 4, 6, 9, 10, 11, 12)]
    others = BeautifulSoup(page, "html.parser").select_one("select[name=schlagwort]")
    assert [(option["value"], option.text) for option in others.select("option")] == [
        ("", "Bitte wählen"),
        ("wort-05", "Wort 05 (1)"),
        ("wort-07", "Wort 07 (1)"),
        ("wort-08", "Wort 08 (1)"),
    ]
    page = client.get("/suche/?q=kita&schlagwort=wort-06&schlagwort=wort-08").text
    assert {key for _name, key, ticked, _label in boxes(page) if ticked} == {"wort-06", "wort-08"}


def test_filters_without_a_result_can_be_taken_back(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        entries_with_facets()
    page = client_of(niedersachsen).get("/suche/?q=kita&schlagwort=ganztag&kommune=stadt-emden").text
    assert "Mit diesen Filtern gibt es keinen Treffer" in page
    assert ("kommune", "stadt-emden", True, "Stadt Emden (0)") in boxes(page)
    assert '<li><a href="?q=kita">Alle Filter zurücksetzen</a></li>' in page
    assert 'href="?q=kita&amp;kommune=stadt-emden"' in page


def test_result_names_its_municipalities_whatever_it_is(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        entries_with_facets()
    page = client_of(niedersachsen).get("/suche/?q=kita").text
    hits = re.findall(r'class="hit-kind">.*?</svg>\s*([^<]+)</p>.*?class="hit-where">(.*?)</p>', page, re.DOTALL)
    found = {kind: re.findall(r"<span>([^<]+)</span>", where) for kind, where in hits}
    assert found["Publikation"] == ["Landkreis Verden"]
    assert found["Termin"][:2] == ["Landkreis Verden", "Stadt Emden"]


@pytest.mark.parametrize("query", ["&schlagwort=gibt-es-nicht", "&kommune=", "&raum=x&raum=y"])
def test_values_that_do_not_exist_count_as_not_given(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], query: str
) -> None:
    with bind(niedersachsen):
        entries_with_facets()
    page = client_of(niedersachsen).get(f"/suche/?q=kita{query}").text
    assert "3 Treffer" in page
    assert " checked" not in page


def test_facets_of_one_type_are_offered_beside_its_results_alone(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        make_entry("Kita eins", facets={SPACE: [("netzweit", "Für alle")]})
        make_entry("Kita zwei", type="page")
    client = client_of(niedersachsen)
    assert boxes(client.get("/suche/?q=kita").text) == []
    assert boxes(client.get("/suche/?q=kita&art=topic").text) == [("raum", "netzweit", False, "Für alle (1)")]
    assert boxes(client.get("/suche/?q=kita&raum=netzweit").text) == [("raum", "netzweit", True, "Für alle (1)")]
