"""Both press the button in the same moment: the second one is compared with what the first one is about to save."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dkbm.cms.models import StandardPage
from dkbm.editorial.models import Publication
from dkbm.events.models import Event
from dkbm.tenancy.context import BoundNetwork, bind
from tests.browser_forms import form_in
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.people import make_person
from tests.meanwhile import meanwhile
from tests.whole_rows.cases import make_network_event, make_paper, make_standard_page

SENTENCE = "Diese Angaben wurden inzwischen an anderer Stelle ge"


def move_event() -> None:
    Event.objects.update(venue="Kreishaus")


def retitle_page() -> None:
    page = StandardPage.objects.get(slug="impressum").get_latest_revision_as_object()
    page.title = "Neu"
    page.save_revision()


def retitle_paper() -> None:
    Publication.objects.update(title="Neu")


@pytest.mark.parametrize(
    ("make", "first", "second"),
    [
        (make_network_event, move_event, {"summary": "Ein Wort"}),
        (make_standard_page, retitle_page, {"introduction": "Ein Wort", "body-count": "0"}),
        (make_paper, retitle_paper, {"summary": "Ein Wort"}),
    ],
)
def test_second_one_waits_and_is_told(
    committed_network: BoundNetwork,
    client_of: Callable[..., Client],
    make: Callable[[Any], str],
    first: Callable[[], None],
    second: dict[str, str],
) -> None:
    with bind(committed_network):
        person = make_person(roles=("manager",))
        address = make(person)
    browser = client_of(committed_network, person)
    shown = form_in(browser.get(address))
    with meanwhile(committed_network, lambda: browser.post(address, shown | second)) as other:
        first()
    assert SENTENCE in other.result().text


def test_second_one_of_two_who_take_one_address_reads_that_it_is_taken(
    committed_network: BoundNetwork, client_of: Callable[..., Client]
) -> None:
    with bind(committed_network):
        load_vocabulary()
        person = make_person(roles=("editor",))
    browser, address = client_of(committed_network, person), "/cms/gute-praxis/new/"
    typed = form_in(browser.get(address)) | {"title": "Neues Büro", "slug": "bildungsbuero", "kind": "angebot"}
    with meanwhile(committed_network, lambda: browser.post(address, typed)) as other:
        make_item("bildungsbuero")
    page = other.result()
    assert page.status_code == 200
    assert "Es gibt schon ein Beispiel mit diesem Kürzel." in page.text
    assert form_in(page)["title"] == "Neues Büro"
