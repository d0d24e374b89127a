"""Terms in `/cms/`: editors change their own network's, and search and page follow at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.log_actions import registry

from dkbm.glossary.models import Term
from dkbm.search.domain.index import rebuild_index
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.glossary import make_term
from tests.factories.people import make_person

ROWS = "/cms/glossar/"
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
    return {"term": "Bildung für alle", "slug": "", "definition": "Alle lernen.", **values}


@pytest.mark.parametrize(("role", "status"), ROLES.items())
def test_answers_by_role(niedersachsen: BoundNetwork, client_of: Callable[..., Client], role: str, status: int) -> None:
    with bind(niedersachsen):
        row = make_term()
    client = browser_of(role, niedersachsen, client_of)
    for path in PATHS:
        assert client.get(ROWS + path.format(pk=row.pk)).status_code == status


def test_new_term_stands_in_glossary_and_search(
    editor: Client, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        make_term("Formale, non-formale und informelle Bildung", slug="formal")
    lines = {
        "synonyms": "Lernen für alle\r\nLernen für alle",
        "see_also": "formale, non-formale und informelle bildung",
    }
    assert editor.post(f"{ROWS}new/", posted(abbreviation="BfA", **lines)).status_code == 302
    with bind(niedersachsen):
        row = Term.objects.get(slug="bildung-fuer-alle")
        assert (row.synonyms, row.see_also) == (["Lernen für alle"], ["formal"])
        entry = SearchEntry.objects.get(type="glossary", slug=row.slug)
        assert (entry.title, entry.url) == ("Bildung für alle (BfA)", "/glossar/bildung-fuer-alle/")
        assert entry.visibility == "public"
        assert rebuild_index()["glossary"] == 2
    assert "/glossar/bildung-fuer-alle/" in client_of(niedersachsen).get("/suche/?q=bfa").content.decode()


def test_changed_term_keeps_its_address(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        row = make_term("Kette", slug="kette")
    url = f"{ROWS}edit/{row.pk}/"
    assert editor.post(url, posted(slug="anders", see_also="Kette")).status_code == 302
    with bind(niedersachsen):
        row = Term.objects.get()
        assert (row.slug, row.term, row.see_also) == ("kette", "Bildung für alle", [])
        assert SearchEntry.objects.get(type="glossary").title == "Bildung für alle"
        assert [each.action for each in registry.get_logs_for_instance(row)] == ["wagtail.edit"]


def test_deleted_term_leaves_the_search(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        row = make_term()
    assert editor.post(f"{ROWS}delete/{row.pk}/").status_code == 302
    with bind(niedersachsen):
        assert not Term.objects.exists()
        assert not SearchEntry.objects.filter(type="glossary").exists()


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"slug": "kette"}, "Es gibt schon einen Begriff mit diesem Kürzel."),
        ({"term": "KETTE"}, "Der Begriff steht schon im Glossar."),
        ({"term": ""}, "Bitte ergänzen Sie diese Angabe."),
        ({"definition": ""}, "Bitte ergänzen Sie diese Angabe."),
        ({"synonyms": "x" * 201}, "ist zu lang: höchstens 200 Zeichen."),
        ({"see_also": "gibt es nicht"}, "steht nicht in der Liste"),
    ],
)
def test_wrong_value_is_said_beside_the_field(
    editor: Client, niedersachsen: BoundNetwork, values: dict[str, str], sentence: str
) -> None:
    with bind(niedersachsen):
        make_term("Kette", slug="kette")
    response = editor.post(f"{ROWS}new/", posted(sources="Bleibt stehen", **values))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert "Bleibt stehen" in response.content.decode()
    with bind(niedersachsen):
        assert Term.objects.count() == 1


def test_terms_of_another_network_are_missing_or_refused(
    editor: Client, niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    with bind(bayern):
        foreign = make_term("BSEC")
    with bind(niedersachsen):
        own = make_term("Eigenes")
    assert "BSEC" not in editor.get(ROWS).content.decode()
    for path in PATHS[2:]:
        assert editor.get(ROWS + path.format(pk=foreign.pk)).status_code == 404
        assert editor.post(ROWS + path.format(pk=foreign.pk), posted()).status_code in {404, 405}
    response = editor.post(f"{ROWS}edit/{own.pk}/", posted(see_also="bsec"))
    assert response.status_code == 200
    with bind(bayern):
        assert [row.term for row in Term.objects.all()] == ["BSEC"]
