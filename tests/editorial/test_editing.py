"""Editors write a Blickpunkt in /cms/, in their own network and in no other."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from dkbm.cms.models import HomePage
from dkbm.editorial.models import BlickpunktIndexPage, BlickpunktPage
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.enums import Role
from tests.factories.people import make_person
from tests.factories.publications import make_example, make_image, make_issue


@dataclass
class Desk:
    """An editor of Niedersachsen at work; ``index`` is the id of the network's Blickpunkt index."""

    client: Client
    network: BoundNetwork
    index: int

    def add(self, data: dict[str, Any], parent: int | None = None) -> Any:
        return self.client.post(f"/cms/pages/add/editorial/blickpunktpage/{parent or self.index}/", data)


@pytest.fixture
def desk(niedersachsen: BoundNetwork, client_of: Any, media: Path) -> Desk:
    with bind(niedersachsen):
        editor = make_person("Edda Redaktion", roles=(Role.EDITOR,))
        index = BlickpunktIndexPage.objects.get().pk
    return Desk(client_of(niedersachsen, editor), niedersachsen, index)


def issue_data(body: list[tuple[str, Any]] | None = None, **fields: Any) -> dict[str, Any]:
    """What the browser sends from the page editor."""
    blocks = body if body is not None else [("text", rich_text("<p>Der erste Satz.</p>", features=["bold"]))]
    chapters = streamfield([("chapter", {"title": "Kapitel eins", "body": streamfield(blocks)})])
    return nested_form_data(
        {
            "title": "Bildung in Zahlen",
            "slug": "bildung-in-zahlen",
            "series": "Blickpunkt",
            "number": "",
            "year": "2027",
            "publisher": "",
            "summary": "Kurz gesagt.",
            "lead": "",
            "cover": "",
            "cover_alt": "",
            "cover_number": "",
            "cover_whole": "",
            "document": "",
            "workgroups": "",
            "topics": "",
            "website": "",
            "source": "",
            "seo_title": "",
            "search_description": "",
            "go_live_at": "",
            "expire_at": "",
            "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": ""},
            "chapters": chapters,
            **fields,
        }
    )


PUBLISH = {"action-publish": "action-publish"}


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def sentences_of(response: Any) -> str:
    """The page editor carries the errors of blocks as JSON."""
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), html.unescape(response.content.decode()))


def test_editor_writes_previews_and_publishes_and_a_guest_reads(
    desk: Desk, niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Any
) -> None:
    guest, neighbour = client_of(niedersachsen), client_of(bayern)
    form = desk.client.get(f"/cms/pages/add/editorial/blickpunktpage/{desk.index}/")
    assert form.status_code == 200
    assert "Zusammenfassung" in form.content.decode()
    footer = form.content.decode().partition("<footer")[2]
    # Both in sight; the enter key presses the first one.
    assert 0 < footer.index("action-save") < footer.index('name="action-publish"')
    assert "w-dropdown" not in footer.partition("</footer>")[0]

    assert desk.add(issue_data()).status_code == 302
    with bind(niedersachsen):
        page = BlickpunktPage.objects.get(slug="bildung-in-zahlen")
    assert guest.get("/blickpunkt/bildung-in-zahlen/").status_code == 404

    preview = f"/cms/pages/{page.pk}/edit/preview/"
    assert desk.client.post(preview, issue_data()).json()["is_valid"] is True
    shown = desk.client.get(preview)
    assert shown.status_code == 200
    assert "Kapitel eins" in text_of(shown)

    answer = desk.client.post(f"/cms/pages/{page.pk}/edit/", {**issue_data(), **PUBLISH})
    assert answer.status_code == 302
    read = guest.get("/blickpunkt/bildung-in-zahlen/")
    assert read.status_code == 200
    assert "Der erste Satz." in text_of(read)
    assert read.content.decode().count("<h1>") == 1
    assert '<a href="#kapitel-1">Kapitel eins</a>' in text_of(read)
    assert "Bildung in Zahlen" in text_of(guest.get("/blickpunkt/"))
    assert neighbour.get("/blickpunkt/bildung-in-zahlen/").status_code == 404
    assert "Bildung in Zahlen" not in text_of(neighbour.get("/blickpunkt/"))
    with bind(niedersachsen):
        assert SearchEntry.objects.get(type="page", slug="bildung-in-zahlen").url == "/blickpunkt/bildung-in-zahlen/"


@pytest.fixture
def foreign(bayern: BoundNetwork) -> int:
    with bind(bayern):
        return int(make_issue("Marker Bayern", slug="marker-bayern").pk)


@pytest.mark.parametrize(
    "path",
    [
        "{page}/edit/",
        "{page}/copy/",
        "{page}/delete/",
        "{page}/unpublish/",
        "{page}/history/",
        "{page}/move/",
        "{page}/view_draft/",
        "{page}/edit/preview/",
        "usage/{page}/",
        "",
        "{page}/",
    ],
)
def test_editor_finds_nothing_of_another_network(desk: Desk, foreign: int, path: str) -> None:
    url = f"/cms/pages/{path.format(page=foreign)}"
    for answer in (desk.client.get(url, follow=True), desk.client.get("/cms/pages/search/?q=Marker")):
        assert "Marker Bayern" not in answer.content.decode()


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/cms/pages/{page}/edit/", {**issue_data(title="Gekapert"), **PUBLISH}),
        ("/cms/pages/{page}/copy/", {"new_title": "Kopie", "new_slug": "kopie", "publish_copies": "on"}),
        ("/cms/pages/{page}/delete/", {}),
        ("/cms/pages/{page}/unpublish/", {}),
        ("/cms/pages/{page}/move/{own}/confirm/", {}),
        ("/cms/bulk/basepage/basepage/unpublish/?id={page}", {}),
        ("/cms/bulk/basepage/basepage/delete/?id={page}", {}),
        ("/cms/api/main/pages/{page}/action/unpublish/", {}),
        ("/cms/api/main/pages/{page}/action/copy/", {"slug": "kopie"}),
    ],
)
def test_editor_changes_nothing_of_another_network(
    desk: Desk, bayern: BoundNetwork, foreign: int, path: str, data: dict[str, Any]
) -> None:
    with bind(desk.network):
        before_own = BlickpunktPage.objects.count()
    desk.client.post(path.format(page=foreign, own=desk.index), data)
    with bind(bayern):
        page = BlickpunktPage.objects.get(pk=foreign)
        assert (page.title, page.live, page.network_id) == ("Marker Bayern", True, bayern.id)
        assert page.revisions.count() == 1
    with bind(desk.network):
        assert BlickpunktPage.objects.count() == before_own


def test_page_below_another_networks_index_is_refused(desk: Desk, bayern: BoundNetwork) -> None:
    with bind(bayern):
        index = BlickpunktIndexPage.objects.get().pk
    assert desk.add(issue_data(), parent=index).status_code == 404
    with bind(bayern):
        assert not BlickpunktPage.objects.exists()


def test_cover_of_another_network_is_refused(desk: Desk, bayern: BoundNetwork) -> None:
    with bind(bayern):
        image = make_image("Marker Bild")
    answer = desk.add(issue_data(cover=str(image.pk)))
    assert answer.status_code == 200
    assert "Marker Bild" not in text_of(answer)
    with bind(desk.network):
        assert not BlickpunktPage.objects.exists()


def test_picture_of_another_network_in_a_chapter_is_refused(desk: Desk, bayern: BoundNetwork) -> None:
    with bind(bayern):
        foreign_image = make_image("Marker Bild")
    with bind(desk.network):
        own_image = make_image("Eigenes Bild")

    def picture(image: Any) -> list[tuple[str, Any]]:
        return [("picture", {"image": {"image": str(image.pk), "alt_text": "Was man sieht"}, "caption": ""})]

    answer = desk.add({**issue_data(picture(foreign_image)), **PUBLISH})
    assert answer.status_code == 200
    assert "Marker Bild" not in text_of(answer)
    with bind(desk.network):
        assert not BlickpunktPage.objects.exists()
    assert desk.add(issue_data(picture(foreign_image))).status_code == 302  # a draft may be incomplete
    with bind(desk.network):
        draft = BlickpunktPage.objects.get().get_latest_revision().content["chapters"]
        BlickpunktPage.objects.get().delete()
    assert f'"image": {foreign_image.pk}' not in draft
    assert desk.add({**issue_data(picture(own_image)), **PUBLISH}).status_code == 302


def test_link_to_a_page_of_another_network_leads_nowhere(
    desk: Desk, niedersachsen: BoundNetwork, foreign: int, client_of: Any
) -> None:
    link = f'<p>Siehe <a linktype="page" id="{foreign}">dort</a>.</p>'
    with bind(niedersachsen):
        data = issue_data([("text", rich_text(link, features=["link"]))])
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"id": foreign, "url": "/x/", "parentId": 1}}
    key = next(key for key, value in data.items() if "entityMap" in str(value))
    content = json.loads(data[key])
    content["blocks"][0]["entityRanges"] = [{"offset": 6, "length": 4, "key": 0}]
    content["entityMap"] = {"0": entity}
    assert desk.add({**data, key: json.dumps(content), **PUBLISH}).status_code == 302
    with bind(niedersachsen):
        stored = str(BlickpunktPage.objects.get().chapters[0].value["body"][0].value.source)
    assert f'id="{foreign}"' in stored
    page = text_of(client_of(niedersachsen).get("/blickpunkt/bildung-in-zahlen/"))
    assert "dort" in page
    assert "marker-bayern" not in page
    assert "Marker Bayern" not in page


def test_example_must_stand_in_the_own_catalogue(desk: Desk, bayern: BoundNetwork) -> None:
    with bind(bayern):
        make_example("bayrisches-beispiel")
    with bind(desk.network):
        make_example("stade-bildungslotse")
    body = {"title": "Lotse", "text": ""}
    answer = desk.add(issue_data([("good_example", {**body, "slug": "bayrisches-beispiel"})]))
    assert "Im Katalog dieses Netzwerks gibt es dieses Beispiel nicht." in sentences_of(answer)
    assert desk.add(issue_data([("good_example", {**body, "slug": "stade-bildungslotse"})])).status_code == 302


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        ("Jahr;Zahl\n2020;1;2", "Zeile 2 hat 3 Spalten, die erste hat 2."),
        ("Jahr;Zahl", "Eine Tabelle braucht eine Zeile mit Spaltenköpfen und mindestens eine weitere."),
    ],
)
def test_uneven_table_is_refused_with_a_sentence(desk: Desk, cells: str, sentence: str) -> None:
    answer = desk.add(issue_data([("table", {"caption": "Zahlen", "cells": cells, "source": ""})]))
    assert answer.status_code == 200
    assert sentence in sentences_of(answer)


def test_page_types_stand_where_they_belong(desk: Desk) -> None:
    with bind(desk.network):
        home, index = HomePage.objects.get(), BlickpunktIndexPage.objects.get()
        assert [model.__name__ for model in index.creatable_subpage_models()] == ["BlickpunktPage"]
        assert not BlickpunktPage.can_create_at(home)
        assert not BlickpunktIndexPage.can_create_at(home)
        assert BlickpunktPage.allowed_subpage_models() == []


def test_index_keeps_its_address(desk: Desk) -> None:
    with bind(desk.network):
        index = BlickpunktIndexPage.objects.get()
        index.slug = "anders"
        with pytest.raises(Exception, match="immer unter /blickpunkt/"):
            index.full_clean()


@pytest.mark.parametrize("role", ["member", "waiting", "guest"])
def test_who_is_no_editor_writes_nothing(niedersachsen: BoundNetwork, client_of: Any, role: str) -> None:
    with bind(niedersachsen):
        person = {"guest": None, "waiting": make_person(state="requested"), "member": make_person()}[role]
        index = BlickpunktIndexPage.objects.get().pk
    client = client_of(niedersachsen, person)
    assert client.post(f"/cms/pages/add/editorial/blickpunktpage/{index}/", issue_data()).status_code in {302, 403, 404}
    with bind(niedersachsen):
        assert not BlickpunktPage.objects.exists()
