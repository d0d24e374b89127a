"""Pages that the law asks for: what is still to be filled in there is told to those whom it concerns."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from dkbm.cms.domain.legal_pages import UnfinishedPage, unfinished_by_network, unfinished_pages
from dkbm.cms.models import StandardPage
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.hosts import platform
from tests.factories.people import make_person

NOTICE = "Auf der Seite „Impressum“ fehlen Angaben, und alle können sie lesen"


def says(slug: str, *texts: str) -> StandardPage:
    page: StandardPage = StandardPage.objects.get(slug=slug)
    page.body = [("text", text) for text in texts]
    page.save_revision().publish()
    return page


@pytest.fixture
def finished(in_niedersachsen: BoundNetwork) -> BoundNetwork:
    for slug in ("impressum", "datenschutz", "barrierefreiheit"):
        says(slug, "<p>Vollständig.</p>")
    return in_niedersachsen


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("<p>Vollständig [1], bitte lesen.</p>", []),
        ("<p>[Bitte <b>Anschrift</b> &amp; Vertretung\n eintragen.]</p>", ["Bitte Anschrift & Vertretung eintragen."]),
        ("<p>[ bitte A ] und [BITTE B]</p>", ["bitte A", "BITTE B"]),
    ],
)
def test_what_is_missing_is_found_as_people_read_it(finished: BoundNetwork, text: str, missing: list[str]) -> None:
    page = says("impressum", "<p>Anfang</p>", text)
    expected = [UnfinishedPage(page.pk, "impressum", "Impressum", missing)] if missing else []
    assert unfinished_pages() == expected


def test_draft_and_other_network_say_nothing(finished: BoundNetwork, bayern: BoundNetwork) -> None:
    page = StandardPage.objects.get(slug="impressum")
    page.body = [("text", "<p>[Bitte eintragen]</p>")]
    page.save_revision()
    assert unfinished_pages() == []
    with bind(bayern):
        assert [each.slug for each in unfinished_pages()] == ["impressum", "barrierefreiheit"]
    with bind(platform()):
        found = unfinished_by_network()
    assert finished.id not in found
    assert [each.slug for each in found[bayern.id]] == ["impressum", "barrierefreiheit"]


def test_managers_and_editors_are_told_as_long_as_all_can_read_it(
    finished: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    readers = {
        name: client_of(finished, person)
        for name, person in (
            ("guest", None),
            ("member", make_person()),
            ("editor", make_person(roles=("editor",))),
            ("manager", make_person(roles=("manager",))),
        )
    }
    assert [name for name, client in readers.items() if "fehlen Angaben" in client.get("/").text] == []
    page = says("impressum", "<p>[Bitte Anschrift eintragen.]</p>")
    told = {name: client for name, client in readers.items() if NOTICE in client.get("/").text}
    assert list(told) == ["editor", "manager"]
    for client in told.values():
        assert f'href="/cms/pages/{page.pk}/edit/"' in client.get("/").text
        assert client.get(f"/cms/pages/{page.pk}/edit/").status_code == 200
    page.unpublish()
    assert "fehlen Angaben" not in readers["manager"].get("/").text
