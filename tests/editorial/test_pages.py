"""Index and issue as visitors see them: blocks, links, filter, search, costs."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import RequestFactory
from django.utils import timezone

from dkbm.cms.domain.networks import create_network
from dkbm.cms.models import NetworkTag
from dkbm.editorial.domain.blickpunkt import Chapter
from dkbm.editorial.models import BlickpunktIndexPage, BlickpunktPage, Publication
from dkbm.editorial.panels import newly_published
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from tests.factories.people import make_person
from tests.factories.publications import make_example, make_image, make_issue, make_publication

pytestmark = pytest.mark.usefixtures("media")

SCRIPT = "<script>alert(1)</script>"


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def every_block(word: str, image: Any) -> list[tuple[str, Any]]:
    """One of each kind; ``word`` stands in every field."""
    entry = {"date": word, "title": word, "text": word}
    return [
        ("text", f"<p>{word}</p>"),
        ("statement", {"text": word, "person": word, "organisation": word}),
        ("figure", {"number": word[:20], "text": word, "source": word}),
        ("timeline", {"title": word, "entries": [entry]}),
        ("picture", {"image": image, "caption": word}),
        ("table", {"caption": word, "cells": f"{word};B\n{word};2", "source": word}),
        ("good_example", {"title": word, "slug": "beispiel", "text": word}),
        ("quote", {"text": word, "person": word}),
        ("hint", {"title": word, "text": f"<p>{word}</p>"}),
    ]


def test_every_block_is_drawn(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        make_example("beispiel")
        make_issue(chapters=[Chapter("Alles", every_block("WORT", make_image()))])
    page = text_of(client_of(niedersachsen).get("/blickpunkt/heft/"))
    for part in (
        "<p>WORT</p>",
        '<figure class="statement"><blockquote><p>WORT</p></blockquote><figcaption><b>WORT</b>, WORT</figcaption>',
        "<strong>WORT</strong> WORT</p>",
        '<span class="when">WORT</span><div><b>WORT</b><p>WORT</p></div>',
        '<th class="kern-table__header" scope="col">B</th>',
        '<th class="kern-table__cell" scope="row">WORT</th> <td class="kern-table__cell">2</td>',
        '<h3><a href="/katalog/beispiel/">WORT</a></h3>',
        '<section class="panel"><h2>WORT</h2>',
    ):
        assert part in page
    assert 'src="/datei/' in page
    assert page.count("<h1>") == 1


def test_script_in_every_field_is_shown_as_text(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        make_issue(
            SCRIPT, summary=SCRIPT, publisher=SCRIPT, lead=SCRIPT, workgroups=SCRIPT, source=SCRIPT, website=SCRIPT,
            chapters=[Chapter(SCRIPT, every_block(SCRIPT, make_image()))],
        )  # fmt: skip
        make_publication(SCRIPT, summary=SCRIPT, publisher=SCRIPT, chapters=[SCRIPT], website="javascript:alert(1)")
    client = client_of(niedersachsen)
    for url in ("/blickpunkt/", "/blickpunkt/heft/", "/"):
        page = client.get(url).content.decode()
        assert SCRIPT not in page
        assert "&lt;script&gt;" in page
        assert 'href="javascript' not in page


@pytest.mark.parametrize("rows", [1, 3])
def test_index_takes_the_same_queries_for_more_issues(
    niedersachsen: BoundNetwork, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        NetworkTag.objects.create(slug="daten", name="Daten")
        make_example("beispiel")
        for number in range(rows):
            make_issue(slug=f"heft-{number}", topics=["daten"])
            make_publication(slug=f"papier-{number}", topics=["daten"], items=["beispiel"])
    client = client_of(niedersachsen)
    client.get("/blickpunkt/")
    with django_assert_num_queries(13):
        client.get("/blickpunkt/")


@pytest.mark.parametrize("rows", [1, 3])
def test_issue_takes_the_same_queries_for_more_chapters(
    niedersachsen: BoundNetwork, client_of: Any, rows: int, django_assert_num_queries: Any
) -> None:
    example = ("good_example", {"title": "B", "slug": "beispiel", "text": ""})
    with bind(niedersachsen):
        make_example("beispiel")
        make_issue(chapters=[Chapter(f"Kapitel {number}", [example]) for number in range(rows)], topics=["daten"])
    client = client_of(niedersachsen)
    client.get("/blickpunkt/heft/")
    with django_assert_num_queries(11):
        client.get("/blickpunkt/heft/")


def test_index_lists_issues_newest_first_and_filters_publications(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        make_issue("Altes Heft", slug="alt", year=2016)
        make_issue("Neues Heft", slug="neu", year=2021)
        make_publication("Ein Muster", slug="muster", kind="muster")
        make_publication("Ein Bericht", slug="bericht", kind="bericht", year=2019, website="www.heidekreis.de/x")
    client = client_of(niedersachsen)
    page = text_of(client.get("/blickpunkt/"))
    order = [page.index(title) for title in ("Neues Heft", "Altes Heft", "Ein Bericht", "Ein Muster")]
    assert order == sorted(order)
    assert 'href="https://www.heidekreis.de/x"' in page
    page = text_of(client.get("/blickpunkt/?art=muster"))
    assert "Ein Muster" in page
    assert "Ein Bericht" not in page
    assert "Ein Bericht" in text_of(client.get("/blickpunkt/?art=unsinn"))


def test_empty_index_says_what_comes(niedersachsen: BoundNetwork, client_of: Any) -> None:
    page = text_of(client_of(niedersachsen).get("/blickpunkt/"))
    assert "Noch keine Ausgabe" in page
    assert "Weitere Veröffentlichungen" not in page


def test_chapters_of_which_only_the_title_is_known_are_listed(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        make_issue(chapters=[Chapter("Mit Text", [("text", "<p>Ein Satz.</p>")]), "Nur ein Titel"])
        make_issue(slug="leer", chapters=[])
    client = client_of(niedersachsen)
    page = text_of(client.get("/blickpunkt/heft/"))
    assert page.count('<li><a href="#kapitel-') == 2  # folded on small screens, beside the text on others
    assert "Außerdem im Heft</h2> <ul><li>Nur ein Titel</li></ul>" in page
    assert "Dieses Heft hat noch keine Kapitel" in text_of(client.get("/blickpunkt/leer/"))


def test_example_for_members_is_linked_for_members_only(niedersachsen: BoundNetwork, client_of: Any) -> None:
    example = ("good_example", {"title": "Nur innen", "slug": "innen", "text": ""})
    with bind(niedersachsen):
        make_example("innen", visibility="members")
        make_issue(chapters=[Chapter("Kapitel", [example])])
        member = make_person()
    assert "/katalog/innen/" not in text_of(client_of(niedersachsen).get("/blickpunkt/heft/"))
    assert "/katalog/innen/" in text_of(client_of(niedersachsen, member).get("/blickpunkt/heft/"))


def test_saved_twice_is_the_same_as_once(in_niedersachsen: BoundNetwork) -> None:
    make_example("beispiel", "Das Beispiel")
    make_image()
    for _ in range(2):
        page = make_issue(items=["beispiel", "fehlt"], topics=["daten", "daten"], chapters=["Nur ein Titel"])
    assert BlickpunktPage.objects.count() == 1
    assert page.revisions.count() == 1
    assert [chapter.value["title"] for chapter in page.chapters] == [
        "Nur ein Titel",
        "Gute Beispiele aus diesem Heft",
    ]
    assert [tag.slug for tag in page.topics.all()] == ["daten"]
    changed = make_issue(items=["beispiel"], topics=["daten"], chapters=["Anderer Titel"])
    assert changed.revisions.count() == 2
    assert BlickpunktPage.objects.get().chapters[0].value["title"] == "Anderer Titel"


def test_what_an_editor_changed_is_never_overwritten(in_niedersachsen: BoundNetwork) -> None:
    page = make_issue("Vom Import")
    page.title = "Von der Redaktion"
    page.save_revision(user=make_person()).publish()
    make_issue("Noch einmal vom Import")
    assert BlickpunktPage.objects.get().title == "Von der Redaktion"


def test_publication_is_saved_once_and_brought_up_to_date(in_niedersachsen: BoundNetwork) -> None:
    make_publication(topics=["daten"], year=2019)
    make_publication("Anderer Titel")
    row = Publication.objects.get()
    assert (row.title, row.year, row.topics) == ("Anderer Titel", None, [])
    for wrong in ({"kind": "plakat"}, {"municipality": "landkreis-nirgendwo"}):
        with (
            pytest.raises(ValueError, match=r".")
            if "municipality" in wrong
            else pytest.raises(Exception, match="plakat")
        ):
            make_publication(slug="falsch", **wrong)


def test_search_follows_publishing_withdrawing_and_deleting(in_niedersachsen: BoundNetwork) -> None:
    page = make_issue(chapters=[Chapter("Kapitel", [("text", "<p>Schul&shy;absentismus &amp; mehr</p><p>Ende</p>")])])
    entry = SearchEntry.objects.get(type="page", slug="heft")
    assert entry.url == "/blickpunkt/heft/"
    assert "Kapitel" in entry.body
    assert "& mehr" in entry.body
    assert "<p>" not in entry.body
    page.unpublish()
    assert not SearchEntry.objects.filter(type="page", slug="heft").exists()
    page.save_revision().publish()
    assert SearchEntry.objects.filter(type="page", slug="heft").exists()
    page.delete()
    assert not SearchEntry.objects.filter(type="page", slug="heft").exists()


def test_issue_published_by_the_clock_is_found(niedersachsen: BoundNetwork, client_of: Any) -> None:
    with bind(niedersachsen):
        page = make_issue()
        page.unpublish()
        page.go_live_at = timezone.now() + datetime.timedelta(hours=1)
        page.save_revision(approved_go_live_at=page.go_live_at)
        page.get_latest_revision().publish()
    client = client_of(niedersachsen)
    assert client.get("/blickpunkt/heft/").status_code == 404
    with time_machine.travel(timezone.now() + datetime.timedelta(hours=2)):
        call_command("publish_scheduled")
        assert client.get("/blickpunkt/heft/").status_code == 200
    with bind(niedersachsen):
        assert SearchEntry.objects.filter(type="page", slug="heft").exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_home_panel_takes_the_same_queries(
    in_niedersachsen: BoundNetwork, rows: int, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        make_issue(slug=f"heft-{number}")
        make_publication(slug=f"papier-{number}", year=2020)
    with django_assert_num_queries(3):
        newly_published(RequestFactory().get("/"))


def test_home_page_names_what_is_new(niedersachsen: BoundNetwork, client_of: Any) -> None:
    client = client_of(niedersachsen)
    assert "Neu erschienen" not in text_of(client.get("/"))
    with bind(niedersachsen):
        make_issue("Das neue Heft")
        make_publication("Der neue Bericht", kind="bericht", year=2020)
    page = text_of(client.get("/"))
    assert '<a href="/blickpunkt/heft/">Das neue Heft</a>' in page
    assert '<a href="/blickpunkt/#papier">Der neue Bericht</a>' in page


def test_founding_twice_makes_one_index(niedersachsen: BoundNetwork) -> None:
    with bind_all("founding", as_owner=True):
        for _ in range(2):
            create_network(slug="niedersachsen", name="Transferagentur Niedersachsen")
    with bind(niedersachsen):
        assert BlickpunktIndexPage.objects.count() == 1


def test_each_network_has_its_index(niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            assert BlickpunktIndexPage.objects.count() == 1
        assert client_of(network).get("/blickpunkt/").status_code == 200
