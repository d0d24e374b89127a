"""A member's saved searches: kept, renamed, switched, deleted, and nobody else's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.accounts.hooks import run_departure
from dkbm.savedsearch import rules
from dkbm.savedsearch.domain.searches import save_search, set_alert
from dkbm.savedsearch.errors import NotSaved
from dkbm.savedsearch.models import SavedSearch
from dkbm.search.facets import TAG
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import guest, visitor_of
from tests.factories.catalogue import make_entry
from tests.factories.people import make_person

LIST = "/suche/gemerkt/"


@pytest.fixture
def maria(niedersachsen: BoundNetwork) -> Any:
    with bind(niedersachsen):
        return make_person("Maria Kröger")


def test_search_is_saved_from_its_results_with_its_filters(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], maria: Any
) -> None:
    with bind(niedersachsen):
        make_entry("Kita eins", facets={TAG: [("ganztag", "Ganztag")]})
    client = client_of(niedersachsen, maria)
    url = "/suche/?q=kita&art=topic&schlagwort=ganztag"
    page = client.get(f"{url}&raum=gibt-es-nicht").text
    assert "Diese Suche merken" in page
    assert '<input type="hidden" name="filter" value="tag=ganztag">' in page
    answer = client.post(f"{LIST}merken/", {"q": "kita", "art": "topic", "filter": "tag=ganztag"})
    assert answer["Location"] == url
    client.post(f"{LIST}merken/", {"q": "kita", "art": "topic", "filter": "tag=ganztag"})
    page = client.get(url).text
    assert "Diese Suche ist gemerkt." in page
    assert "Diese Suche merken" not in page
    with bind(niedersachsen):
        (row,) = SavedSearch.objects.all()
        assert (row.name, row.type, row.chosen, row.seen) == (
            "kita",
            "topic",
            {"tag": ["ganztag"]},
            ["topic:kita eins"],
        )
    page = client.get(LIST).text
    assert f'href="{url.replace("&", "&amp;")}"' in page
    assert "mit einem Filter" in page


def test_guests_see_no_button_and_are_asked_to_sign_in(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        make_entry("Kita eins")
        with pytest.raises(NotSaved):
            save_search(q="kita", type="", chosen={}, visitor=guest())
    client = client_of(niedersachsen)
    assert "Diese Suche merken" not in client.get("/suche/?q=kita").text
    assert client.get(LIST).status_code == 302


def test_search_is_renamed_switched_and_deleted(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], maria: Any
) -> None:
    client = client_of(niedersachsen, maria)
    client.post(f"{LIST}merken/", {"q": "kita"})
    with bind(niedersachsen):
        pk = SavedSearch.objects.get().pk
    assert client.post(f"{LIST}{pk}/", {"name": ""}).status_code == 422
    client.post(f"{LIST}{pk}/", {"name": "Frühe Bildung"})
    client.post(f"{LIST}{pk}/hinweis/", {"an": "0"})
    page = client.get(LIST).text
    assert ("Frühe Bildung" in page, "werden nicht gemeldet" in page) == (True, True)
    client.post(f"{LIST}{pk}/hinweis/", {"an": "1"})
    assert "Neue Treffer werden gemeldet" in client.get(LIST).text
    assert "löschen?" in client.get(f"{LIST}{pk}/loeschen/").text
    client.post(f"{LIST}{pk}/loeschen/")
    assert "Noch keine Suche gemerkt" in client.get(LIST).text


def test_searches_of_others_are_not_there(
    niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Callable[..., Client], maria: Any
) -> None:
    client_of(niedersachsen, maria).post(f"{LIST}merken/", {"q": "geheimsuche"})
    with bind(niedersachsen):
        pk = SavedSearch.objects.get().pk
        other = make_person(roles=("manager",))
    with bind(bayern):
        foreign = make_person()
    for network, person in ((niedersachsen, other), (bayern, foreign)):
        client = client_of(network, person)
        assert "geheimsuche" not in client.get(LIST).text
        for path in ("", "hinweis/", "loeschen/"):
            assert client.post(f"{LIST}{pk}/{path}", {"name": "x"}).status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_list_asks_the_same_for_one_and_for_three(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], maria: Any, rows: int, django_assert_num_queries: Any
) -> None:
    client = client_of(niedersachsen, maria)
    for number in range(rows):
        client.post(f"{LIST}merken/", {"q": f"kita{number}"})
    client.get(LIST)
    with django_assert_num_queries(6):
        assert client.get(LIST).text.count("Umbenennen") == rows


def test_limit_empty_searches_and_nonsense_are_refused_in_words(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], maria: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(niedersachsen, maria)
    page = client.post(f"{LIST}merken/", {"q": " -nur "}, follow=True).text
    assert "Diese Suche findet nichts" in page
    client.post(f"{LIST}merken/", {"q": "x" * 10_000, "art": "gibt-es-nicht", "filter": ["a=b", "tag", "tag=", "=x"]})
    with bind(niedersachsen):
        row = SavedSearch.objects.get()
        assert (len(row.q), row.type, row.chosen) == (200, "", {})
        row.delete()
    long, many = f"tag={'x' * 100_000}", [f"tag={number}" for number in range(30)]
    client.post(f"{LIST}merken/", {"q": "kita", "filter": [long, *many]})
    with bind(niedersachsen):
        assert SavedSearch.objects.get().chosen == {"tag": [str(number) for number in range(20)]}
    monkeypatch.setattr(rules, "MOST", 1)
    assert "schon 1 Suchen gemerkt" in client.post(f"{LIST}merken/", {"q": "ganztag"}, follow=True).text


def test_whoever_leaves_keeps_none(in_niedersachsen: BoundNetwork, maria: Any) -> None:
    save_search(q="kita", type="", chosen={}, visitor=visitor_of(maria))
    run_departure(maria.memberships.get())
    assert not SavedSearch.objects.exists()


def test_alert_that_is_switched_on_begins_anew(in_niedersachsen: BoundNetwork, maria: Any) -> None:
    visitor = visitor_of(maria)
    search = save_search(q="kita", type="", chosen={}, visitor=visitor)
    set_alert(search=search, alert=False, visitor=visitor)
    make_entry("Kita neu")
    set_alert(search=search, alert=True, visitor=visitor)
    search.refresh_from_db()
    assert search.seen == ["topic:kita neu"]
