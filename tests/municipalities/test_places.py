"""Where examples and dates are: a map on their pages, for whoever may read them."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from dkbm.municipalities.models import Municipality, place_map
from dkbm.tenancy.context import BoundNetwork
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.events import make_event
from tests.municipalities.register import load_register

ClientOf = Callable[..., Client]


def test_example_shows_all_municipalities_that_it_comes_from(
    in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    load_vocabulary()
    load_register()
    item = make_item("coburg", municipality="stadt-coburg")
    item.further_municipalities.add(Municipality.objects.get(slug="landkreis-coburg"))
    page = client_of(in_niedersachsen).get("/katalog/coburg/").text
    assert page.count('<path class="here"') == 2
    assert 'aria-label="Karte: Stadt Coburg, Landkreis Coburg"' in page


def test_example_of_no_municipality_shows_no_map(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    load_vocabulary()
    make_item("ohne", municipality="gibt-es-nicht")
    page = client_of(in_niedersachsen).get("/katalog/ohne/").text
    assert "place-map" not in page
    assert "Karte:" not in page


def test_date_with_a_municipality_shows_it(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    load_register()
    event = make_event("Treffen")
    assert "place-map" not in client_of(in_niedersachsen).get(event.get_absolute_url()).text
    event.municipality = Municipality.objects.get(slug="landkreis-stade")
    event.save()
    page = client_of(in_niedersachsen).get(event.get_absolute_url()).text
    assert 'aria-label="Karte: Landkreis Stade"' in page


def test_municipality_without_a_key_has_no_map() -> None:
    assert place_map(None, Municipality(name="Verband", district_key="")) is None
    assert Municipality(name="Verband").on_map is None
