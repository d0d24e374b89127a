"""Pages of the CMS: texts made of blocks, drafts that the browser saves by itself, and versions brought back."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from dkbm.cms.models import StandardPage
from dkbm.core.whole_rows import OPENED
from dkbm.tenancy.context import BoundNetwork, bind
from tests.browser_forms import form_in
from tests.factories.pages import make_page
from tests.factories.people import make_person

TOLD = "Inzwischen hat Anna Erst diese Angaben geändert."


def text_of(body: Any) -> str:
    """Of its only block."""
    return re.sub(' data-block-key="[^"]*"', "", str(body[0].value))


class Editing:
    """A page with one block of text, and two editors who have it open."""

    def __init__(self, network: BoundNetwork, client_of: Callable[..., Client]) -> None:
        self.network = network
        with bind(network):
            page = make_page()
            page.body = [("text", "<p>Alt</p>")]
            page.save_revision().publish()
            people = [make_person(name, roles=("manager",)) for name in ("Anna Erst", "Bodo Zwei")]
        self.address = f"/cms/pages/{page.pk}/edit/"
        self.anna, self.bodo = (client_of(network, person) for person in people)

    def open(self, browser: Client, text: str = "Alt") -> dict[str, Any]:
        return {**form_in(browser.get(self.address)), **self.body(text)}

    def body(self, text: str) -> dict[str, Any]:
        block = self.page().body[0].id
        return nested_form_data({"body": streamfield([("text", rich_text(f"<p>{text}</p>"))])}) | {"body-0-id": block}

    def page(self) -> Any:
        with bind(self.network):
            page = StandardPage.objects.get(slug="ueber-uns").get_latest_revision_as_object()
            assert page.body is not None
            return page

    def stored(self) -> tuple[str, str]:
        page = self.page()
        return page.title, text_of(page.body)


@pytest.fixture
def editing(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> Editing:
    return Editing(niedersachsen, client_of)


def test_blocks_that_only_the_other_has_changed_are_taken_over(editing: Editing) -> None:
    first, second = editing.open(editing.anna), editing.open(editing.bodo)
    assert editing.anna.post(editing.address, first | editing.body("Neu")).status_code == 302
    answer = editing.bodo.post(editing.address, second | {"title": "Über uns alle"})
    assert TOLD in html.unescape(answer.text)
    assert "Übernommen ist: „Inhalt“." in html.unescape(answer.text)
    assert text_of(answer.context["form"]["body"].value()) == "<p>Neu</p>"
    assert editing.stored() == ("Seite ueber-uns", "<p>Neu</p>")
    again = {**form_in(answer), **editing.body("Neu")}
    assert editing.bodo.post(editing.address, again).status_code == 302
    assert editing.stored() == ("Über uns alle", "<p>Neu</p>")


def test_blocks_that_both_have_changed_stay_with_the_other_text_beside_them(editing: Editing) -> None:
    first, second = editing.open(editing.anna), editing.open(editing.bodo)
    assert editing.anna.post(editing.address, first | editing.body("Neu")).status_code == 302
    answer = editing.bodo.post(editing.address, second | editing.body("Anders") | {"action-publish": "1"})
    assert "Gespeichert ist inzwischen: „Neu“." in html.unescape(answer.text)
    assert text_of(answer.context["form"]["body"].value()) == "<p>Anders</p>"
    assert editing.stored() == ("Seite ueber-uns", "<p>Neu</p>")


def test_draft_that_the_browser_saves_by_itself_is_no_news_to_its_author(editing: Editing) -> None:
    shown = editing.open(editing.anna)
    json = {"HTTP_ACCEPT": "application/json"}
    for title in ("E", "Ein neuer", "Ein neuer Titel"):
        saved = editing.anna.post(editing.address, shown | {"title": title}, **json).json()
        assert saved["success"], saved
        shown |= {"overwrite_revision_id": saved["revision_id"], **saved["field_updates"]}
        assert OPENED in saved["field_updates"]
    late = editing.open(editing.bodo)
    assert editing.bodo.post(editing.address, late | {"introduction": "Von Bodo"}).status_code == 302
    answer = editing.anna.post(editing.address, shown | {"title": "Noch neuer", "action-publish": "1"})
    assert "Inzwischen hat Bodo Zwei diese Angaben geändert." in html.unescape(answer.text)
    assert editing.page().introduction == "Von Bodo"


def test_version_that_is_brought_back_does_not_overwrite_what_came_since(editing: Editing) -> None:
    with bind(editing.network):
        old = editing.page().latest_revision_id
    address = editing.address.replace("edit/", f"revisions/{old}/revert/")
    back = {**form_in(editing.bodo.get(address)), **editing.body("Alt")}
    first = editing.open(editing.anna)
    assert editing.anna.post(editing.address, first | {"introduction": "Von Anna"}).status_code == 302
    answer = editing.bodo.post(address, back)
    assert TOLD in html.unescape(answer.text)
    assert editing.page().introduction == "Von Anna"
