"""Very many hits: the newest of each type are ranked and counted, and people are told so."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.search.domain.index import index_sections
from dkbm.search.domain.queries import candidates
from dkbm.search.domain.queries.entries import browse, find
from dkbm.search.facets import TAG
from dkbm.search.models import SearchEntry
from dkbm.search.registry import Entry
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import guest, visitor_of
from tests.factories.catalogue import make_entry
from tests.factories.files import collection, make_document
from tests.factories.people import make_person

START = datetime.date(2020, 1, 1)


def day(number: int) -> datetime.date:
    return START + datetime.timedelta(days=number)


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hits of a type are enough."""
    monkeypatch.setattr(candidates, "BOUND", 2)


def found(q: str = "kita", **values: Any) -> tuple[list[str], dict[str, int], list[str]]:
    """Titles (newest first), numbers by type, and types with more."""
    result = find(**{"q": q, "visitor": guest(), "newest_first": True, **values})
    return [hit.title for hit in result[0:50]], result.counts, result.more


@pytest.mark.usefixtures("two")
def test_newest_of_each_type_are_found_and_counted(in_niedersachsen: BoundNetwork) -> None:
    for number in range(4):
        make_entry(f"Kita {number}", date=day(number))
    make_entry("Kita ohne Datum")
    make_entry("Kita alt", type="event", date=day(-9))
    for number in range(2):
        make_entry(f"Kita Heft {number}", type="publication", date=day(-number))
    assert found() == (
        ["Kita 3", "Kita 2", "Kita Heft 0", "Kita Heft 1", "Kita alt"],
        {"topic": 2, "event": 1, "publication": 2},
        ["topic"],
    )


@pytest.mark.usefixtures("two")
def test_what_a_reader_may_not_see_pushes_nothing_out(in_niedersachsen: BoundNetwork) -> None:
    for number in range(2):
        make_entry(f"Kita {number}", date=day(number))
    for number in range(5):
        make_entry(f"Kita intern {number}", date=day(100 + number), visibility="members")
        make_entry(f"Kita geheim {number}", date=day(200 + number), visibility="group", group_id=99)
    assert found() == (["Kita 1", "Kita 0"], {"topic": 2}, [])
    member = visitor_of(make_person())
    assert found(visitor=member) == (["Kita intern 4", "Kita intern 3"], {"topic": 2}, ["topic"])


@pytest.mark.usefixtures("two", "media")
def test_documents_that_were_closed_push_nothing_out(in_niedersachsen: BoundNetwork) -> None:
    """Who reads them is asked after the index, so the bound is for what is left."""
    make_document("Kita offen", where=collection(public=True))
    for number in range(4):
        make_document(f"Kita {number}")
    SearchEntry.objects.filter(type="document").update(visibility="public")
    assert found() == (["Kita offen"], {"document": 1}, [])
    assert found(visitor=visitor_of(make_person())) == (["Kita 3", "Kita 2"], {"document": 2}, ["document"])


@pytest.mark.usefixtures("two")
def test_list_of_one_type_is_complete(in_niedersachsen: BoundNetwork) -> None:
    for number in range(5):
        make_entry(f"Kita {number}", type="publication", facets={TAG: [("sport", "Sport")]})
    listed = browse(type="publication", q="kita", chosen={}, visitor=guest())
    assert (len(listed.keys), listed.facets.of(TAG)[0].number) == (5, 5)


def test_page_and_api_say_that_there_are_more(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    def entry(number: int) -> Entry:
        tag = [("alt", "Alt")] if number < 5 else []
        return Entry("topic", str(number), "x", "Kita", "", "/x/", "public", date=day(number), facets={TAG: tag})

    entries = [entry(number) for number in range(1001)]
    with bind(niedersachsen):
        index_sections(type="topic", keys=[entry.key for entry in entries], entries=entries)
        make_entry("Kita Seite", type="event", date=day(-1))
    client = client_of(niedersachsen)
    page = " ".join(client.get("/suche/?q=kita").text.split())
    for sentence in (
        "Mehr als 1.000 Treffer",
        ">Alles (mehr als 1.000)<",
        ">Forum (mehr als 1.000)<",
        ">Termine (1)<",
        "Hier gibt es mehr als 1.000 Treffer (Forum). Wir zeigen davon die neuesten 1.000.",
        ">Alt (4)<",
    ):
        assert sentence in page
    page = client.get("/suche/?q=kita&art=event").text
    assert "1 Treffer" in page
    assert "Hier gibt es mehr als" not in page
    page = client.get("/suche/?q=kita&schlagwort=alt").text
    assert "4 Treffer" in page
    assert "Hier gibt es mehr als" in page
    answer = client.get("/api/v1/search?q=kita").json()
    assert (answer["total"], answer["more"], answer["facets"]["type"]) == (1001, ["topic"], {"topic": 1000, "event": 1})
