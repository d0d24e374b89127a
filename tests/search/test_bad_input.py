"""Whatever is typed or stands in the address: the page answers, with a plain sentence."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

import pytest
from django.test import Client

from dkbm.search.domain.queries.entries import find
from dkbm.search.questions import MAX_LENGTH
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import guest
from tests.factories.catalogue import make_entry

NOTHING = "Dazu haben wir nichts gefunden"
SHORTENED = "Wir lesen nur den Anfang Ihrer Suche"
FOUND = "Xylothek im Kreis"
ASK = "Geben Sie oben ein, was Sie suchen"

TABLE = [
    ("x" * 10_000, "", SHORTENED),
    ("xylothek " * 1_200, "", FOUND),
    ('"' * 5_000, "", NOTHING),
    ('"xylothek im', "", FOUND),
    ("„xylothek im", "", FOUND),
    ("xylothek'); DROP TABLE search_searchentry; --", "", FOUND),
    ("der die das und", "", NOTHING),
    ("und", "", NOTHING),
    ("*", "", NOTHING),
    ("*" * 10_000, "", NOTHING),
    ("a* b* c* d* e* f* g* h* i* j* k* l* m* n* o* p* q* r* s* t* u* v* w* x* y* z*", "", "Suche nach „a* b*"),
    ("%_%_%", "", NOTHING),
    ("(xylothek | !&", "", FOUND),
    ("xylothek:*", "", FOUND),
    ("🎵🎶", "", NOTHING),
    ("xylothek 🎵", "", FOUND),
    ("ксилофон", "", NOTHING),
    ("木琴", "", NOTHING),
    ("-xylothek", "", NOTHING),
    ("- - -", "", NOTHING),
    ("\u200b\u00ad", "", ASK),
    ("   ", "", ASK),
    ("xylothek", "&gibtesnicht=1&art=unsinn&sortierung=&seite=-7", FOUND),
    ("xylothek", "&schlagwort=gibt-es-nicht&kommune=%27%3B&gruppe=weg", FOUND),
    ("xylothek", "&schlagwort=" + "&schlagwort=".join(map(str, range(300))), FOUND),
    ("xylothek", "&seite=99999999999999999999&jahr=%F0%9F%8E%B5", FOUND),
]


@pytest.mark.parametrize(("q", "more", "sentence"), TABLE, ids=lambda value: value[:20])
def test_page_answers_in_words(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], q: str, more: str, sentence: str
) -> None:
    with bind(niedersachsen):
        make_entry(FOUND, type="event", body="Hier gibt es Klangstäbe.")
    client = client_of(niedersachsen)
    response = client.get(f"/suche/?{urlencode({'q': q})}{more}")
    assert response.status_code == 200
    page = response.text.replace("<mark>", "").replace("</mark>", "")
    assert sentence in page
    assert len(page) < 200_000


@pytest.mark.parametrize("q", [row[0] for row in TABLE if len(row[0]) <= MAX_LENGTH], ids=lambda value: value[:20])
def test_program_gets_an_answer_too(niedersachsen: BoundNetwork, client_of: Callable[..., Client], q: str) -> None:
    assert client_of(niedersachsen).get("/api/v1/search", {"q": q}).status_code == 200


def test_api_refuses_what_is_too_long_and_what_it_does_not_know(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    client = client_of(niedersachsen)
    for values in ({"q": "x" * 10_000}, {"q": "kita", "type": "unsinn"}, {"q": "kita", "limit": "-1"}):
        assert client.get("/api/v1/search", values).status_code == 422
    assert client.get("/api/v1/search", {"q": "kita", "gibtesnicht": "1"}).status_code == 200


def test_search_for_many_beginnings_ends_soon(in_niedersachsen: BoundNetwork) -> None:
    """No more words than are read count, however many stars they have."""
    found = find(q="a* " * 5_000, visitor=guest())
    assert found.count() >= 0
