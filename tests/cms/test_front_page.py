"""The front page: what strangers learn of a network, and that its map and figures are those of the rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client

from dkbm.cms.models import HomePage
from dkbm.core.maps.outlines import outlines
from dkbm.events.enums import EventState
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import BoundNetwork, bind, bind_all
from goodpractice.domain.searching import index_item
from goodpractice.models import Transfergegenstand
from tests.core.maps.reading import districts, links, picture_of, table
from tests.factories.catalogue import load_vocabulary, make_item
from tests.factories.events import make_event
from tests.factories.groups import make_colleague, make_workgroup
from tests.factories.people import make_person
from tests.factories.publications import make_issue, make_publication
from tests.municipalities.register import add_municipalities, load_register

ClientOf = Callable[..., Client]


def figures(page: str) -> dict[str, str]:
    """What is counted -> how many."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(\d+)</dd>", page, re.DOTALL)
    return {" ".join(label.split()): number for label, number in found}


@pytest.fixture
def with_register(in_niedersachsen: BoundNetwork) -> list[str]:
    """The register, and examples: two of Stade, one of Leer and Stade, one for members, one from elsewhere."""
    load_vocabulary()
    load_register()
    for slug in ("lotse", "tafel"):
        make_item(slug, municipality="landkreis-stade")
    both = make_item("bericht", municipality="landkreis-leer")
    both.further_municipalities.add(Municipality.objects.get(slug="landkreis-stade"))
    index_item(both)
    make_item("intern", municipality="landkreis-leer", visibility="members")
    make_item("coburg", municipality="landkreis-coburg", contacts=[])
    return ["landkreis-stade", "landkreis-leer"]


def test_map_has_the_45_districts_of_the_register(
    with_register: list[str], in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    page = client_of(in_niedersachsen).get("/").text
    own = [entry for entry in load_register() if entry.network == "niedersachsen"]
    assert len(own) == 45
    assert sorted(name for name, *_rest in districts(page)) == sorted(entry.name for entry in own)
    assert sorted(name for name, *_rest in table(page)[0]) == sorted(entry.name for entry in own)
    expected = {(f"Landkreis {name}", f"/katalog/?kommune=landkreis-{name.lower()}") for name in ("Stade", "Leer")}
    assert {(name, url) for name, url, *_rest in links(page)} == expected
    assert {(name, url) for name, url, *_rest in table(page)[0] if url} == expected
    assert len(picture_of(page).encode()) < 30_000


def test_links_of_the_map_lead_to_as_many_as_it_says(
    with_register: list[str], in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    client = client_of(in_niedersachsen)
    for name, url, value, _tone in links(client.get("/").text):
        assert client.get(url).text.count('<h3><a href="/katalog/') == value > 0, name


def test_map_and_table_count_what_the_catalogue_has(
    with_register: list[str], in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    page = client_of(in_niedersachsen).get("/").text
    counted: Counter[str] = Counter()
    for item in Transfergegenstand.objects.filter(visibility="public"):
        counted.update({item.municipality.name, *(each.name for each in item.further_municipalities.all())})
    drawn = {name: value for name, _url, value, _tone in districts(page)}
    rows, total = table(page)
    assert {name: value for name, value in drawn.items() if value} == {"Landkreis Stade": 3, "Landkreis Leer": 1}
    assert all(counted[name] == value for name, value in drawn.items())
    assert {name: value for name, _url, value in rows} == drawn
    assert total == sum(drawn.values()) == 4


def test_figures_are_those_of_the_rows(
    with_register: list[str], in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    for number in (1, 2):
        make_workgroup(name=f"Gruppe {number}")
    assert figures(client_of(in_niedersachsen).get("/").text) == {
        "Kommunen im Netzwerk": "45",
        "Arbeitsgruppen": "2",
        "gute Beispiele, 3 mit Ansprechperson": "4",
    }


def test_one_of_everything_is_said_in_the_singular(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    load_vocabulary()
    add_municipalities(["03101"], "niedersachsen")
    make_workgroup(name="Die einzige")
    make_item("eins", contacts=[])
    page = client_of(in_niedersachsen).get("/").text
    assert figures(page) == {"Kommune im Netzwerk": "1", "Arbeitsgruppe": "1", "gutes Beispiel": "1"}
    assert "kein Beispiel: 1 Kommune</li>" in " ".join(page.split())


def test_network_without_municipalities_has_neither_map_nor_gap(
    in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    load_vocabulary()
    make_item("eins")
    page = client_of(in_niedersachsen).get("/").text
    assert "map-picture" not in page
    assert "Karte:" not in page
    assert 'class="hero alone"' in page
    assert figures(page) == {"gutes Beispiel, 1 mit Ansprechperson": "1"}


def test_network_with_110_municipalities_shows_them_all(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    keys = sorted(outlines())[:110]
    add_municipalities(keys, "niedersachsen")
    page = client_of(in_niedersachsen).get("/").text
    assert len(districts(page)) == len(table(page)[0]) == 110
    assert figures(page) == {"Kommunen im Netzwerk": "110"}


def test_map_of_one_network_never_stands_in_another(
    with_register: list[str], in_niedersachsen: BoundNetwork, bayern: BoundNetwork, client_of: ClientOf
) -> None:
    ours = client_of(in_niedersachsen).get("/").text
    with bind(bayern):
        theirs = client_of(bayern).get("/").text
    assert len(districts(theirs)) == 6
    assert not {name for name, *_rest in districts(ours)} & {name for name, *_rest in districts(theirs)}
    assert districts(client_of(in_niedersachsen).get("/").text) == districts(ours)


def test_new_example_is_on_the_map_at_once(
    with_register: list[str], in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    client = client_of(in_niedersachsen)
    before = table(client.get("/").text)[1]
    make_item("neu", municipality="stadt-emden")
    page = client.get("/").text
    assert ("Stadt Emden", 1) in {(name, value) for name, _url, value, _tone in links(page)}
    assert table(page)[1] == before + 1


def test_renamed_municipality_has_its_new_name_at_once(
    with_register: list[str], in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    client = client_of(in_niedersachsen)
    client.get("/")
    with bind_all("a municipality is renamed", as_owner=True):
        Municipality.objects.filter(slug="landkreis-stade").update(name="Kreis Stade an der Schwinge")
    assert "Kreis Stade an der Schwinge" in {name for name, *_rest in districts(client.get("/").text)}


def test_front_page_says_next_date_newest_issue_and_whom_to_ask(
    in_niedersachsen: BoundNetwork, client_of: ClientOf
) -> None:
    make_event("Später", in_days=9)
    make_event("Bald", in_days=2)
    make_issue("Das alte Heft", slug="alt", year=2019)
    make_issue("Das neue Heft", slug="neu", year=2024)
    page = client_of(in_niedersachsen).get("/").text
    assert re.findall(r'<h2 id="termin"><a [^>]+>([^<]+)', page) == ["Bald"]
    assert "Später" not in page
    assert page.index("Das neue Heft") < page.index("Außerdem") < page.index("Das alte Heft")
    assert 'href="/hilfe/kontakt/"' in page
    assert "So machen Sie mit" in page


def test_publications_stand_there_without_an_issue(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    make_publication("Der neue Bericht", kind="bericht", year=2020)
    page = client_of(in_niedersachsen).get("/").text
    assert '<a href="/blickpunkt/#papier">Der neue Bericht</a>' in page
    assert 'class="cover"' not in page


def test_front_page_of_an_empty_network_has_no_gaps(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    page = client_of(in_niedersachsen).get("/").text
    assert "Dieses Netzwerk fängt gerade an" in page
    assert "Zurzeit ist kein Termin angekündigt" in page
    assert figures(page) == {}
    assert "Welche Gruppe passt zu mir?" not in page


def test_draft_and_called_off_dates_are_no_next_date(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    for state in (EventState.DRAFT, EventState.CALLED_OFF):
        event = make_event(state, in_days=3)
        event.state = state
        event.save()
    page = client_of(in_niedersachsen).get("/").text
    assert "Zurzeit ist kein Termin angekündigt" in page


def test_who_waits_for_admission_is_not_asked_to_register(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    waiting = make_person("Wanda Wartet", state="requested")
    page = client_of(in_niedersachsen, waiting).get("/").text
    main = page[page.index("<main") :]
    assert "So machen Sie mit" in main
    assert 'href="/konto/signup/' not in main


def test_members_get_their_own_home(in_niedersachsen: BoundNetwork, client_of: ClientOf) -> None:
    HomePage.objects.update(welcome="Willkommen, Fremde")
    page = client_of(in_niedersachsen, make_colleague("Rita Leserin")).get("/").text
    assert "Guten Tag, Rita Leserin" in page
    assert "Willkommen, Fremde" not in page
    assert "map-picture" not in page
