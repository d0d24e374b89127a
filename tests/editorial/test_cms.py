"""Rows of publications in `/cms/`: editors change their own network's, and the search follows at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.log_actions import registry

from dkbm.cms.models import NetworkTag
from dkbm.editorial.models import Publication
from dkbm.search.domain.index import rebuild_index
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.people import make_person
from tests.factories.publications import make_example, make_publication

ROWS = "/cms/veroeffentlichungen/"
PATHS = ("", "new/", "edit/{pk}/", "delete/{pk}/", "history/{pk}/", "usage/{pk}/")
ROLES = {"guest": 302, "member": 302, "editor": 200, "manager": 200}


def browser_of(role: str, network: BoundNetwork, client_of: Callable[..., Client]) -> Client:
    with bind(network):
        roles = (role,) if role in {"editor", "manager"} else ()
        return client_of(network, None if role == "guest" else make_person(roles=roles))


@pytest.fixture
def editor(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Client:
    return browser_of("editor", niedersachsen, client_of)


def posted(**values: Any) -> dict[str, Any]:
    return {"title": "Leitfaden Übergänge", "slug": "", "kind": "leitfaden", **values}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_answers_by_role(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], path: str, role: str, status: int
) -> None:
    with bind(niedersachsen):
        row = make_publication()
    url = ROWS + path.format(pk=row.pk)
    assert browser_of(role, niedersachsen, client_of).get(url).status_code == status


def test_list_shows_the_own_networks_rows(editor: Client, niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        make_publication("Eigenes")
    with bind(bayern):
        make_publication("BSEC")
    for url in (ROWS, f"{ROWS}?q=e", f"{ROWS}results/", "/cms/"):
        page = editor.get(url)
        assert page.status_code == 200
        assert "BSEC" not in page.content.decode()
    assert "Eigenes" in editor.get(ROWS).content.decode()


def test_new_row_stands_in_list_and_search(
    editor: Client, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        NetworkTag.objects.create(name="Ganztag", slug="ganztag-am-ort")
        make_example("bildungslotse", "Bildungslotse")
    values = posted(
        website="www.verden.de/leitfaden",
        year="2025",
        summary="<script>x</script>",
        chapters="Anfang, Mitte\r\n\r\nEnde",
        items="bildungslotse",
        topics="ganztag",
    )
    assert editor.post(f"{ROWS}new/", values).status_code == 302
    with bind(niedersachsen):
        row = Publication.objects.get()
        assert (row.slug, row.year, row.chapters, row.items, row.topics) == (
            "leitfaden-uebergaenge",
            2025,
            ["Anfang, Mitte", "Ende"],
            ["bildungslotse"],
            ["ganztag-am-ort"],
        )
        entry = SearchEntry.objects.get(type="publication")
        assert (entry.title, entry.url) == ("Leitfaden Übergänge", "/blickpunkt/#leitfaden-uebergaenge")
        assert "Ganztag" in [value["label"] for value in entry.facets]
        assert rebuild_index()["publication"] == 1
    page = client_of(niedersachsen).get("/blickpunkt/").content.decode()
    assert "Leitfaden Übergänge" in page
    assert "&lt;script&gt;x" in page


def test_changed_row_keeps_address_and_what_an_importer_knew(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        row = make_publication(slug="papier", items=["fremd"], topics=["unbekannt"], workgroups=["ag1"])
    url = f"{ROWS}edit/{row.pk}/"
    assert "fremd" in editor.get(url).content.decode()
    assert editor.post(url, posted(slug="anders", items="fremd")).status_code == 302
    with bind(niedersachsen):
        row = Publication.objects.get()
        assert (row.slug, row.title) == ("papier", "Leitfaden Übergänge")
        assert (row.items, row.topics, row.workgroups) == (["fremd"], ["unbekannt"], ["ag1"])
        assert SearchEntry.objects.get(type="publication").title == "Leitfaden Übergänge"
        assert [each.action for each in registry.get_logs_for_instance(row)] == ["wagtail.edit"]


def test_deleted_row_leaves_the_search(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        row = make_publication()
        assert SearchEntry.objects.filter(type="publication").count() == 1
    assert editor.post(f"{ROWS}delete/{row.pk}/").status_code == 302
    with bind(niedersachsen):
        assert not Publication.objects.exists()
        assert not SearchEntry.objects.filter(type="publication").exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"slug": "papier"}, "Es gibt schon eine Veröffentlichung mit diesem Kürzel."),
        ({"website": "javascript:alert(1)"}, "Bitte eine Adresse, zum Beispiel www.verden.de/bericht."),
        ({"title": ""}, "Bitte ergänzen Sie diese Angabe."),
        ({"kind": "unsinn"}, "Bitte eine gültige Auswahl treffen."),
        ({"year": "0"}, "größer oder gleich 1900"),
        ({"items": "gibt-es-nicht"}, "kein Beispiel mit dem Kürzel „gibt-es-nicht“"),
        ({"chapters": "x" * 301}, "ist zu lang: höchstens 300 Zeichen."),
        ({"chapters": "\n".join(map(str, range(101)))}, "Bitte höchstens 100 Zeilen."),
        ({"summary": "x" * 20_001}, "20001"),
    ],
)
def test_wrong_value_is_said_beside_the_field(
    editor: Client, niedersachsen: BoundNetwork, values: dict[str, str], sentence: str
) -> None:
    with bind(niedersachsen):
        make_publication()
    response = editor.post(f"{ROWS}new/", posted(publisher="Bleibt stehen", **values))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "Bleibt stehen" in response.content.decode()
    with bind(niedersachsen):
        assert Publication.objects.count() == 1


def test_ids_of_another_network_are_missing_or_refused(
    editor: Client, niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    with bind(bayern):
        foreign = make_publication("BSEC")
        NetworkTag.objects.create(name="BSEC", slug="bsec-thema")
        make_example("bsec-beispiel", "BSEC")
    with bind(niedersachsen):
        own = make_publication("Eigenes")
    for path in PATHS[2:]:
        assert editor.get(ROWS + path.format(pk=foreign.pk)).status_code == 404
        assert editor.post(ROWS + path.format(pk=foreign.pk), posted()).status_code in {404, 405}
    for values in (posted(topics="Bsec"), posted(items="bsec-beispiel")):
        response = editor.post(f"{ROWS}edit/{own.pk}/", values)
        assert response.status_code == 200
        assert "BSEC" not in response.content.decode()
    with bind(bayern):
        assert [row.title for row in Publication.objects.all()] == ["BSEC"]
        assert SearchEntry.objects.filter(type="publication").count() == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_more_rows(
    editor: Client, niedersachsen: BoundNetwork, rows: int, django_assert_num_queries: Any
) -> None:
    with bind(niedersachsen):
        for number in range(rows):
            make_publication(slug=f"papier-{number}", year=2020)
    editor.get(ROWS)
    with django_assert_num_queries(13):
        editor.get(ROWS)
