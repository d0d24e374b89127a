"""Choosing an example in a page: only what stands in the own network's catalogue, and what is stored is its slug."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from dkbm.editorial.blocks import GoodExampleBlock
from dkbm.tenancy.context import BoundNetwork, bind
from goodpractice.blocks import ItemChooserBlock
from goodpractice.models import Transfergegenstand
from tests.factories.catalogue import archive, load_vocabulary, make_item
from tests.factories.people import make_person

CHOOSE = "/cms/beispiel-auswahl/"


@pytest.fixture
def editor(niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: Callable[..., Client]) -> Client:
    with bind(bayern):
        load_vocabulary()
        make_item("bsec", title="BSEC")
    with bind(niedersachsen):
        make_item("lotse", title="Bildungslotse", municipality="stadt-emden")
        make_item("tafel", title="Tafel", visibility="members")
        archive(make_item("alt", title="Altes"))
        return client_of(niedersachsen, make_person(roles=("editor",)))


def test_own_catalogue_is_offered_and_what_is_chosen_is_named_by_its_slug(
    editor: Client, niedersachsen: BoundNetwork, bayern: BoundNetwork
) -> None:
    shown = editor.get(CHOOSE).json()["html"]
    assert [title in shown for title in ("Bildungslotse", "Tafel", "Altes", "BSEC")] == [True, True, False, False]
    assert "Stadt Emden" in shown
    for word, found in (("lotse", True), ("Emden", True), ("Verden", False), ("BSEC", False)):
        assert ("Bildungslotse" in editor.get(f"{CHOOSE}results/?q={word}").text) == found, word
    with bind(niedersachsen):
        lotse = Transfergegenstand.objects.get(slug="lotse")
    answer = editor.get(f"{CHOOSE}chosen/{lotse.pk}/").json()["result"]
    assert (answer["id"], answer["title"]) == ("lotse", "Bildungslotse")
    assert answer["edit_url"] == f"/cms/gute-praxis/edit/{lotse.pk}/"
    with bind(bayern):
        foreign = Transfergegenstand.objects.get(slug="bsec").pk
    for wrong in (foreign, "lotse", "9" * 30):
        assert editor.get(f"{CHOOSE}chosen/{wrong}/").status_code == 404, wrong
    for closed in ("chosen-multiple/?id=1", "create/"):
        assert editor.get(CHOOSE + closed).status_code == 404


def test_stored_slug_is_shown_as_the_example_that_it_names(editor: Client, niedersachsen: BoundNetwork) -> None:
    block = GoodExampleBlock()
    stored = {"title": "Anders", "slug": "lotse", "text": ""}
    value = block.to_python(stored)
    assert block.get_prep_value(value) == stored
    with bind(niedersachsen):
        state = block.get_form_state(value)
        assert (state["slug"]["id"], state["slug"]["title"]) == ("lotse", "Bildungslotse")
        assert ItemChooserBlock().get_form_state("fehlt") is None
        assert block.clean(value)["slug"] == "lotse"
