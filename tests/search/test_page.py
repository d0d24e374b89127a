"""`/suche/`: the page for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.tenancy.context import BoundNetwork, bind
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
        "?q=%00": "Geben Sie oben ein",
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
    assert client.get("/suche/?q=kita&seite=2").content.decode().count('<div><h3><a href="/forum/') == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow_with_the_results(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        member = make_person()
        for number in range(rows):
            make_entry(f"Kita {number}")
    client = client_of(niedersachsen, member)
    client.get("/suche/?q=kita")
    with django_assert_num_queries(10):
        client.get("/suche/?q=kita")
