"""Changing the catalogue: row, page and search entry stay together."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from dkbm.search.models import SearchEntry
from dkbm.tenancy.context import BoundNetwork, bind
from goodpractice.domain.saving import Contact
from goodpractice.enums import Kind
from goodpractice.models import ContactPerson, Eckpunkt, Leitfrage, Phase, Transfergegenstand, TransfergegenstandPage
from tests.factories.catalogue import archive, load_vocabulary, make_item

pytestmark = pytest.mark.usefixtures("vocabulary")

EVERYTHING: dict[str, Any] = {
    "title": "Bildungsbüro: Häuser der Bildung",
    "eckpunkte": [3, 1],
    "topics": ["Ganztag", "Übergang"],
    "summary": "Ein Büro für alle.",
    "initiierung": "Erst <so>.\n\nDann „anders“.",
    "meilensteine": "Ein Beschluss.",
    "etablierung": "",
    "resources": "Zwei Stellen",
    "success_factors": ["Rückhalt", "Geduld"],
    "transfer_notes": "Klein beginnen.",
    "figures": [
        {"label": "Stellen", "value": 1.5, "unit": "Stellen", "year": 2021},
        {"label": "Start", "value": "2014-06"},
    ],
    "links": ["www.verden.de/bildung", "http://example.org/a"],
    "source": "Blickpunkt 2021",
    "year": 2021,
    "checked_on": datetime.date(2026, 10, 12),
}


def entry() -> SearchEntry | None:
    return SearchEntry.objects.filter(type="transfergegenstand").first()


def test_publish_item_makes_row_page_and_entry(in_niedersachsen: BoundNetwork) -> None:
    item = make_item(**EVERYTHING)
    assert [link.eckpunkt.number for link in item.eckpunkt_links.all()] == [3, 1]
    assert item.link_list == ["https://www.verden.de/bildung", "https://example.org/a"]
    page = TransfergegenstandPage.objects.get(pk=item.page_id)
    assert page.live
    assert page.get_url_parts()[2] == item.get_absolute_url() == "/katalog/bildungsbuero/"
    assert page.initiierung == "<p>Erst &lt;so&gt;.</p><p>Dann „anders“.</p>"
    assert [(figure.value["value"], figure.value["year"]) for figure in page.figures] == [
        ("1,5", 2021),
        ("2014-06", None),
    ]
    found = entry()
    assert found is not None
    assert [(value["facet"], value["key"], value["label"]) for value in found.facets] == [
        ("item_kind", "instrument", "Instrument"),
        ("eckpunkt", "vernetzen", "3 Alle Akteure vernetzen"),
        ("eckpunkt", "strategie", "1 Eine Strategie entwickeln"),
        ("tag", "ganztag", "Ganztag und Ferienangebote"),
        ("tag", "übergang", "Übergang"),
        ("municipality", "landkreis-verden", "Landkreis Verden"),
    ]
    for part in (
        "Ein Büro für alle.",
        "Ein Beschluss.",
        "Zwei Stellen",
        "Geduld",
        "Klein beginnen.",
        "Stellen: 1,5",
        "Juni 2014",
        "Leitung",
    ):
        assert part in found.body
    assert "04231" not in found.body
    assert "example.org" not in found.body


def test_publish_item_twice_is_the_same_as_once(in_niedersachsen: BoundNetwork) -> None:
    def state() -> tuple[Any, ...]:
        item = Transfergegenstand.objects.get()
        assert item.page is not None
        contacts = list(ContactPerson.objects.values_list("pk", flat=True))
        return item.pk, item.page_id, item.page.revisions.count(), contacts, SearchEntry.objects.count()

    make_item(**EVERYTHING)
    first = state()
    make_item(**EVERYTHING)
    assert state() == first


def test_publish_item_changes_what_is_there(in_niedersachsen: BoundNetwork) -> None:
    make_item(**EVERYTHING)
    item = make_item(
        title="Neuer Titel",
        kind="angebot",
        eckpunkte=[2],
        topics=[],
        contacts=[Contact("Bildungsmonitoring")],
        summary="Neu.",
    )
    assert (item.kind, item.link_list) == (Kind.ANGEBOT, [])
    assert [link.eckpunkt.number for link in item.eckpunkt_links.all()] == [2]
    assert [contact.function for contact in ContactPerson.objects.all()] == ["Bildungsmonitoring"]
    page = TransfergegenstandPage.objects.get()
    assert (page.title, page.summary, page.meilensteine) == ("Neuer Titel", "Neu.", "")


def test_both_networks_may_have_the_same_slug(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    for network in (niedersachsen, bayern):
        with bind(network):
            make_item(title=f"Beispiel {network.short_name}")
    for network in (niedersachsen, bayern):
        with bind(network):
            assert [item.title for item in Transfergegenstand.objects.all()] == [f"Beispiel {network.short_name}"]
            assert [page.title for page in TransfergegenstandPage.objects.all()] == [f"Beispiel {network.short_name}"]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("kind", {"kind": "unsinn"}),
        ("visibility", {"visibility": "alle"}),
        ("links", {"links": ["javascript:alert(1)"]}),
        ("title", {"title": ""}),
        ("slug", {"slug": "Nicht erlaubt"}),
        ("year", {"year": 20210}),
        ("mail", {"contacts": [Contact("Leitung", mail="keine")]}),
        ("web", {"contacts": [Contact("Leitung", web="http://x.de")]}),
    ],
)
def test_wrong_value_is_named_and_nothing_is_written(
    in_niedersachsen: BoundNetwork, field: str, values: dict[str, Any]
) -> None:
    with pytest.raises(ValidationError) as error:
        make_item(**values)
    assert field in error.value.message_dict
    assert not Transfergegenstand.objects.exists()
    assert entry() is None


def test_archived_item_leaves_the_search_but_keeps_its_page(in_niedersachsen: BoundNetwork) -> None:
    item = make_item()
    archive(item)
    assert entry() is None
    assert TransfergegenstandPage.objects.filter(item=item, live=True).exists()


def test_search_follows_the_published_text_alone(in_niedersachsen: BoundNetwork) -> None:
    item = make_item()
    page = TransfergegenstandPage.objects.get(item=item)
    page.summary = "Xylophone"
    revision = page.save_revision()
    assert "Xylophone" not in entry().body  # type: ignore[union-attr]
    revision.publish()
    assert "Xylophone" in entry().body  # type: ignore[union-attr]
    TransfergegenstandPage.objects.get(item=item).unpublish()
    assert entry().body == "Leitung Bildungsbüro Bildungsbüro"  # type: ignore[union-attr]
    assert not SearchEntry.objects.filter(type="page", slug=item.slug).exists()


def test_row_survives_its_page(in_niedersachsen: BoundNetwork) -> None:
    item = make_item()
    TransfergegenstandPage.objects.get(item=item).delete()
    item.refresh_from_db()
    assert item.page_id is None
    make_item()
    assert TransfergegenstandPage.objects.get().item == item


def test_vocabulary_is_loaded_in_order_and_twice(in_niedersachsen: BoundNetwork) -> None:
    load_vocabulary()
    assert [point.short for point in Eckpunkt.objects.all()] == ["Strategie", "Chefsache", "Netzwerk"]
    assert [question.text for question in Leitfrage.objects.all()] == ["Auf welchen?"]
    assert [phase.slug for phase in Phase.objects.all()] == ["kita", "schule"]
