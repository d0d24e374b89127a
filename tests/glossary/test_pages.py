"""The glossary as everybody reads it: letters, filter, one term, what it leads to."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.glossary import make_term
from tests.factories.people import make_person

PATH = "/glossar/"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def headings(page: str, level: int) -> list[str]:
    return [re.sub(r"<[^>]+>", "", found) for found in re.findall(rf"<h{level}[^>]*>(.*?)</h{level}>", page)]


@pytest.fixture
def terms(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        make_term("Übergangsmanagement", see_also=["dkbm", "gibt-es-nicht"])
        make_term(
            "Datenbasiertes kommunales Bildungsmanagement",
            slug="dkbm",
            abbreviation="DKBM",
            synonyms=["datengestütztes Bildungsmanagement"],
            sources=["Blickpunkt 2021"],
        )
        make_term("Zielfelder")
        make_term("2040", definition="<script>alert(1)</script>")
    with bind(bayern):
        make_term("Foreign")


@pytest.mark.usefixtures("terms")
def test_guests_read_all_terms_by_letter(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    page = text_of(client_of(niedersachsen).get(PATH))
    assert headings(page, 2)[:4] == ["D", "U", "Z", "#"]
    names = ["Datenbasiertes kommunales Bildungsmanagement (DKBM)", "Übergangsmanagement", "Zielfelder", "2040"]
    assert headings(page, 3) == names
    assert '<a href="#buchstabe-u">U</a>' in page
    assert '<span aria-hidden="true">A</span>' in page
    assert '<li id="dkbm">' in page
    assert "Auch: datengestütztes Bildungsmanagement" in page
    assert 'Siehe auch: <a href="/glossar/dkbm/">Datenbasiertes kommunales Bildungsmanagement</a></p>' in page
    assert "&lt;script&gt;alert(1)" in page
    assert "Foreign" not in page


@pytest.mark.usefixtures("terms")
@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("dkbm", ["dkbm"]),
        ("DATENGESTÜTZTES", ["dkbm"]),
        ("ubergang", ["uebergangsmanagement"]),
        ("heißt  ziel", ["zielfelder"]),
        ("gibt es nicht", []),
        ("%_\\", []),
        ("x" * 5000, []),
    ],
)
def test_filter_finds_what_holds_every_word(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], q: str, found: list[str]
) -> None:
    response = client_of(niedersachsen).get(PATH, {"q": q})
    assert response.status_code == 200
    shown = [row.term.slug for letter in response.context["glossary"].filled for row in letter.rows]
    assert shown == found
    assert ("/suche/?q=" in text_of(response)) is (not found)


@pytest.mark.usefixtures("terms")
def test_a_term_has_its_own_page(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    page = text_of(client_of(niedersachsen).get("/glossar/dkbm/"))
    assert headings(page, 1) == ["Datenbasiertes kommunales Bildungsmanagement (DKBM)"]
    assert "<li>Blickpunkt 2021</li>" in page
    assert "/suche/?q=Datenbasiertes+kommunales+Bildungsmanagement" in page
    assert "Begriff bearbeiten" not in page


@pytest.mark.usefixtures("terms")
@pytest.mark.parametrize("slug", ["foreign", "gibt-es-nicht"])
def test_a_term_of_another_network_is_not_there(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], slug: str
) -> None:
    assert client_of(niedersachsen).get(f"/glossar/{slug}/").status_code == 404


@pytest.mark.usefixtures("terms")
def test_editors_come_from_the_page_to_the_form(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        editor = client_of(niedersachsen, make_person(roles=("editor",)))
    assert "/cms/glossar/new/" in text_of(editor.get(PATH))
    assert "/cms/glossar/edit/" in text_of(editor.get("/glossar/dkbm/"))


def test_an_empty_glossary_says_so(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    page = text_of(client_of(niedersachsen).get(PATH))
    assert "Noch kein Begriff" in page
    assert "Im Glossar suchen" not in page


def test_knowledge_leads_to_both_of_its_pages(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    for path, here in ((PATH, "Glossar"), ("/blickpunkt/", "Blickpunkt")):
        response = client_of(niedersachsen).get(path)
        (area,) = [area for area in response.context["areas"] if area.current]
        assert (area.label, area.url) == ("Wissen", "/blickpunkt/")
        assert [(page.label, page.url) for page in area.pages] == [
            ("Blickpunkt", "/blickpunkt/"),
            ("Glossar", "/glossar/"),
        ]
        assert [page.label for page in area.pages if page.current] == [here]
        assert f'aria-current="page">{here}</a>' in text_of(response)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_for_more_terms(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        for number in range(rows):
            make_term(f"Begriff {number}", see_also=["begriff-0"])
    client = client_of(niedersachsen)
    client.get(PATH)
    with django_assert_num_queries(2):
        client.get(PATH)
