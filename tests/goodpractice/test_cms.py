"""Rows of examples in `/cms/`: editors change their own network's, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.log_actions import registry
from wagtail.models import PageViewRestriction

from dkbm.cms.forms import rows
from dkbm.cms.models import NetworkTag
from dkbm.core.whole_rows import OPENED
from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from goodpractice.domain.saving import Contact
from goodpractice.models import ContactPerson, Eckpunkt, Transfergegenstand, TransfergegenstandPage
from tests.browser_forms import form_in
from tests.factories.catalogue import make_item
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("vocabulary")

ROWS = "/cms/gute-praxis/"
ONE_CONTACT = {
    "contacts-TOTAL_FORMS": "1",
    "contacts-0-id": "",
    "contacts-0-function": "Leitung",
    "contacts-0-ORDER": "1",
}


@pytest.fixture
def editor(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Client:
    with bind(niedersachsen):
        return client_of(niedersachsen, make_person(roles=("editor",)))


def posted(*contacts: dict[str, Any], stored: int = 0, **values: Any) -> dict[str, Any]:
    data = {
        "title": "Neues Büro",
        "slug": "neues-buero",
        "kind": "angebot",
        "visibility": "public",
        "state": "published",
        "links": "",
        "contacts-TOTAL_FORMS": len(contacts),
        "contacts-INITIAL_FORMS": stored,
        "contacts-MIN_NUM_FORMS": 0,
        "contacts-MAX_NUM_FORMS": 1000,
        **values,
    }
    for number, contact in enumerate(contacts):
        row = {"id": "", "function": "Leitung", "ORDER": number + 1, "DELETE": "", **contact}
        data |= {f"contacts-{number}-{name}": value for name, value in row.items()}
    return data


def test_list_shows_the_own_networks_rows(editor: Client, niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        make_item(title="Eigenes")
    with bind(bayern):
        make_item(title="BSEC")
    for url in (ROWS, f"{ROWS}?q=e", f"{ROWS}results/", "/cms/"):
        page = editor.get(url)
        assert page.status_code == 200
        assert "BSEC" not in page.content.decode()
    assert "Eigenes" in editor.get(ROWS).content.decode()


def test_new_row_gets_its_page_and_its_search_entry(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        topic = NetworkTag.objects.create(name="Ganztag", slug="ganztag-am-ort")
        points = [Eckpunkt.objects.get(number=number).pk for number in (1, 2)]
    assert editor.get(f"{ROWS}new/").status_code == 200
    response = editor.post(
        f"{ROWS}new/",
        posted({"phone": "04231 15-0"}, topics=topic.name, main_eckpunkt=points[1], further_eckpunkte=points),
    )
    assert response.status_code == 302
    with bind(niedersachsen):
        item = Transfergegenstand.objects.get()
        assert [link.eckpunkt.number for link in item.eckpunkt_links.all()] == [2, 1]
        assert [topic.name for topic in item.topics.all()] == ["Ganztag"]
        assert [contact.phone for contact in item.contacts.all()] == ["04231 15-0"]
        page = TransfergegenstandPage.objects.get(item=item)
        assert (page.title, page.live) == ("Neues Büro", False)
        assert [each.action for each in registry.get_logs_for_instance(item)] == ["wagtail.create"]
        assert not SearchEntry.objects.filter(type="transfergegenstand").exists()
    assert editor.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    assert "wird gerade überarbeitet" in editor.get("/katalog/neues-buero/").content.decode()


def test_new_example_is_listed_once_its_text_is_published(
    editor: Client, niedersachsen: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(niedersachsen):
        topic = NetworkTag.objects.create(name="Ganztag", slug="ganztag-am-ort")
    editor.post(f"{ROWS}new/", posted({"phone": "04231 15-0"}, topics=topic.name))
    guest = client_of(niedersachsen)
    assert guest.get("/katalog/neues-buero/").status_code == 404
    assert "Neues Büro" not in guest.get("/katalog/").text
    with bind(niedersachsen):
        TransfergegenstandPage.objects.get().save_revision().publish()
        values = SearchEntry.objects.get(type="transfergegenstand").facets
        assert [value["label"] for value in values if value["facet"] == "tag"] == ["Ganztag"]
    assert "Neues Büro" in guest.get("/katalog/").text
    with bind(niedersachsen):
        TransfergegenstandPage.objects.get().unpublish()
    assert "Neues Büro" in guest.get("/katalog/").text


def test_changed_row_renames_page_and_keeps_address(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        item = make_item()
        contact = ContactPerson.objects.get()
    url = f"{ROWS}edit/{item.pk}/"
    assert "Leitung Bildungsbüro" in editor.get(url).content.decode()
    kept = {"id": contact.pk, "function": "Bildungsmonitoring", "phone": contact.phone}
    assert editor.post(url, posted(kept, stored=1, slug="anders", visibility="members")).status_code == 302
    with bind(niedersachsen):
        item = Transfergegenstand.objects.get()
        assert (item.title, item.slug, item.visibility) == ("Neues Büro", "bildungsbuero", "members")
        assert [(row.pk, row.function) for row in item.contacts.all()] == [(contact.pk, "Bildungsmonitoring")]
        page = TransfergegenstandPage.objects.get()
        assert (page.title, page.live, page.summary) == ("Neues Büro", True, "Kurz gesagt.")
        entry = SearchEntry.objects.get(type="transfergegenstand")
        assert (entry.title, entry.visibility) == ("Neues Büro", "members")
    assert editor.post(url, posted(state="archived")).status_code == 302
    with bind(niedersachsen):
        assert not SearchEntry.objects.filter(type="transfergegenstand").exists()


def test_contacts_are_exactly_those_of_the_form_in_its_order(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        item = make_item(contacts=[Contact("Eins"), Contact("Zwei", phone="04231 2"), Contact("Drei")])
        one, two, three = ({"id": row.pk, "function": row.function} for row in ContactPerson.objects.all())
    forms = ({**one, "DELETE": "on"}, {**two, "ORDER": 4}, {**three, "ORDER": 3}, {"function": "Vier", "ORDER": 1})
    assert editor.post(f"{ROWS}edit/{item.pk}/", posted(*forms, stored=3)).status_code == 302
    with bind(niedersachsen):
        rows = ContactPerson.objects.values_list("sort_order", "function", "phone")
        assert list(rows) == [(0, "Vier", ""), (1, "Drei", ""), (2, "Zwei", "")]


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"slug": "bildungsbuero"}, "Es gibt schon ein Beispiel mit diesem Kürzel."),
        (
            {"links": "https://www.verden.de\njavascript:alert(1)"},
            "„javascript:alert(1)“ ist keine Adresse mit https://.",
        ),
        ({"title": ""}, "Bitte ergänzen Sie diese Angabe."),
        ({"slug": "feed"}, "„feed“ ist vergeben."),
        ({**ONE_CONTACT, "contacts-0-phone": "nach Vereinbarung"}, "Bitte geben Sie eine einzige Telefonnummer ein"),
        ({"kind": "unsinn"}, "Bitte eine gültige Auswahl treffen."),
    ],
)
def test_wrong_value_is_said_beside_the_field(
    editor: Client, niedersachsen: BoundNetwork, values: dict[str, str], sentence: str
) -> None:
    with bind(niedersachsen):
        make_item()
    response = editor.post(f"{ROWS}new/", posted(**values))
    assert response.status_code == 200
    assert sentence in response.content.decode()
    with bind(niedersachsen):
        assert Transfergegenstand.objects.count() == 1


def test_ids_of_another_network_are_missing_or_refused(
    editor: Client, niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    with bind(bayern):
        foreign = make_item("bsec", title="BSEC", topics=["BSEC"])
        foreign_contact = ContactPerson.objects.get()
    with bind(niedersachsen):
        own = make_item()
    for path in ("edit/{}/", "history/{}/", "usage/{}/", "delete/{}/"):
        assert editor.get(ROWS + path.format(foreign.pk)).status_code == 404
        assert editor.post(ROWS + path.format(foreign.pk), posted()).status_code == 404
    url = f"{ROWS}edit/{own.pk}/"
    for data in (
        posted(topics="Bsec,"),
        posted({"id": foreign_contact.pk, "function": "Gestohlen"}, stored=1),
    ):
        response = editor.post(url, data)
        assert response.status_code == 200
        assert "BSEC" not in response.content.decode()
    with bind(bayern):
        assert ContactPerson.objects.get().function == "Leitung Bildungsbüro"
        assert [item.title for item in Transfergegenstand.objects.all()] == ["BSEC"]
    with bind(niedersachsen):
        assert [item.title for item in Transfergegenstand.objects.all()] == ["Bildungsbuero"]


def test_rows_and_their_pages_are_neither_deleted_nor_restricted(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        item = make_item()
    assert editor.post(f"{ROWS}delete/{item.pk}/").status_code == 404
    response = editor.post(f"/cms/pages/{item.page_id}/delete/", follow=True)
    assert "gehört zum Beispiel „Bildungsbuero“" in response.content.decode()
    for page_id in (item.page_id, item.page_id - 1):
        editor.post(f"/cms/pages/{page_id}/privacy/", {"restriction_type": "login"})
    with bind(niedersachsen):
        assert not PageViewRestriction.objects.exists()
        assert TransfergegenstandPage.objects.filter(item=item).exists()


@pytest.mark.parametrize("roles", [(), ("manager",)])
def test_managers_may_and_members_may_not(
    niedersachsen: BoundNetwork, client_of: Callable[..., Client], roles: tuple[str, ...]
) -> None:
    with bind(niedersachsen):
        item, person = make_item(), make_person(roles=roles)
    client = client_of(niedersachsen, person)
    for path in ("", "new/", f"edit/{item.pk}/"):
        assert client.get(ROWS + path).status_code == (200 if roles else 302)


def test_preview_of_the_text_is_drawn(editor: Client, niedersachsen: BoundNetwork) -> None:
    with bind(niedersachsen):
        item = make_item(success_factors=["Geduld"])
    page = editor.get(f"/cms/pages/{item.page_id}/view_draft/").content.decode()
    assert "Kurz gesagt." in page
    assert "Geduld" in page


def test_contact_whom_nobody_can_reach_is_named_to_the_editor(editor: Client, niedersachsen: BoundNetwork) -> None:
    contacts = [{"function": "Stumme Stelle", "web": "https://x.de"}, {"function": "Büro", "phone": "04231 1"}]
    saved = editor.post(f"{ROWS}new/", posted(*contacts), follow=True).content.decode()
    assert "Für „Stumme Stelle“ fehlen Telefon und E-Mail." in saved
    assert "Für „Büro“" not in saved
    with bind(niedersachsen):
        item = Transfergegenstand.objects.get(slug="neues-buero")
        ids = [str(row.pk) for row in item.contacts.all()]
    contacts = [{**contact, "id": pk} for contact, pk in zip(contacts, ids, strict=True)]
    url = f"{ROWS}edit/{item.pk}/"
    assert "Für „Stumme Stelle“" in editor.post(url, posted(*contacts, stored=2), follow=True).content.decode()
    contacts[0]["mail"] = "stelle@example.org"
    assert "fehlen Telefon" not in editor.post(url, posted(*contacts, stored=2), follow=True).content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"mail": "keine-adresse"}, "Bitte gültige E-Mail-Adresse eingeben."),
        ({"function": ""}, "Bitte ergänzen Sie diese Angabe."),
        ({"ORDER": "vorn"}, ""),
        ({"id": "999999999"}, ""),
    ],
)
def test_wrong_contact_is_said_beside_its_field_and_all_that_was_typed_stays(
    editor: Client, niedersachsen: BoundNetwork, wrong: dict[str, str], sentence: str
) -> None:
    with bind(niedersachsen):
        item = make_item()
        contact = ContactPerson.objects.get()
    url = f"{ROWS}edit/{item.pk}/"
    opened = form_in(editor.get(url))[OPENED]
    kept = {"id": contact.pk, "function": contact.function, "phone": contact.phone}
    typed = posted(kept, {"name": "Ada Getippt", "phone": "04231 99", **wrong}, stored=1, opened=opened)
    page = editor.post(url, typed)
    assert page.status_code == 200
    assert {"Neues Büro", "Ada Getippt", "04231 99"} <= set(map(str, form_in(page).values()))
    assert sentence in page.text
    assert "Inzwischen" not in page.text
    with bind(niedersachsen):
        assert [row.pk for row in ContactPerson.objects.all()] == [contact.pk]


def test_more_contacts_than_a_form_can_have_are_refused(
    editor: Client, niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "MOST_ROWS", 5)
    with bind(niedersachsen):
        item = make_item()
    url = f"{ROWS}edit/{item.pk}/"
    shown = form_in(editor.get(url))
    for many in ("999999", "viele"):
        page = editor.post(url, {**shown, "contacts-TOTAL_FORMS": many})
        assert page.status_code == 200
        assert len(page.context["form"].formsets["contacts"].forms) <= 5
