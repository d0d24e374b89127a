"""The first page of /cms/: what an editor begins, and what waits."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from dkbm.tenancy.context import BoundNetwork, bind
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.pages import make_page
from tests.factories.people import make_person

Browser = Callable[..., Client]


@pytest.fixture
def desk(niedersachsen: BoundNetwork, client_of: Browser) -> Callable[[], str]:
    """The page as an editor reads it."""
    load_vocabulary()
    with bind(niedersachsen):
        editor = make_person(roles=("editor",))
    client = client_of(niedersachsen, editor)
    return lambda: client.get("/cms/").content.decode()


def piles(page: str) -> dict[str, list[str]]:
    """Heading -> titles of its rows."""
    found = re.findall(
        r'<h2[^>]*id="[^"]*-heading"[^>]*>(.*?)</h2>.*?<ul class="desk-pile">(.*?)</ul>', page, re.DOTALL
    )
    return {
        re.sub(r"<[^>]+>", "", heading).strip(): re.findall(r'<li><a href="[^"]+">([^<]*)', rows)
        for heading, rows in found
    }


def test_desk_leads_to_empty_forms_and_says_when_nothing_waits(
    desk: Callable[[], str], niedersachsen: BoundNetwork, client_of: Browser
) -> None:
    page = desk()
    links = dict(re.findall(r'<a class="button" href="([^"]+)">([^<]+)', page))
    assert list(links.values()) == ["Neues Beispiel", "Neue Ausgabe", "Neue Veröffentlichung"]
    assert "Es wartet nichts auf Sie" in page
    with bind(niedersachsen):
        editor = make_person(roles=("editor",))
    client = client_of(niedersachsen, editor)
    assert {client.get(path).status_code for path in links} == {200}


def test_desk_names_drafts_planned_pages_and_examples_to_be_checked(
    desk: Callable[[], str], niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    today = timezone.localdate()
    with bind(niedersachsen):
        make_page("entwurf", live=False).save_revision()
        planned = make_page("geplant", live=False)
        planned.go_live_at = timezone.now() + timedelta(days=3)
        planned.save_revision(approved_go_live_at=planned.go_live_at)
        changed = make_page("geaendert")
        changed.title = "Neuer Titel"
        changed.save_revision()
        make_item("lange-her", title="Lange her", checked_on=today - timedelta(days=366))
        make_item("nie", title="Nie geprüft", checked_on=None)
        make_item("frisch", title="Frisch geprüft", checked_on=today - timedelta(days=364))
    with bind(bayern):
        make_page("fremd", live=False).save_revision()
    found = piles(desk())
    assert found["Beispiele zu prüfen"] == ["Nie geprüft", "Lange her"]
    assert found["Entwürfe"][0] == "Neuer Titel"
    assert len(found["Entwürfe"]) == 2
    assert len(found["Geplant"]) == 1


def test_long_pile_shows_its_beginning_and_leads_to_the_rest(
    desk: Callable[[], str], niedersachsen: BoundNetwork
) -> None:
    with bind(niedersachsen):
        for number in range(6):
            make_item(f"nie-{number}", title=f"Beispiel {number}", checked_on=None)
    page = desk()
    assert len(piles(page)["Beispiele zu prüfen"]) == 5
    assert "Alle zeigen: Beispiele zu prüfen" in page


def test_cms_has_the_networks_colours_and_no_foreign_help(desk: Callable[[], str]) -> None:
    page = desk()
    assert re.search(r'href="/look/0b5a5e-[0-9a-f]{8}.css"><link rel="stylesheet" href="[^"]*cms[^"]*\.css"', page)
    assert "wagtail.org" not in page
    assert "Dashboard" not in page


def test_editing_a_page_links_no_foreign_guide(niedersachsen: BoundNetwork, client_of: Browser) -> None:
    with bind(niedersachsen):
        editor, page = make_person(roles=("editor",)), make_page("seite")
    read = client_of(niedersachsen, editor).get(f"/cms/pages/{page.pk}/edit/").content.decode()
    assert "metrics-explainer-dialog" in read
    assert "wagtail.org" not in read
