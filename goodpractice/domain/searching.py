"""Examples in the search index, with the names of their Eckpunkte, topics, phases, programmes and municipalities."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.rich_text import get_text_for_indexing

from dkbm.search.domain.index import index_object, remove_object
from dkbm.search.registry import Entry
from goodpractice.domain.queries.items import listed_items, with_labels
from goodpractice.models import Transfergegenstand, TransfergegenstandPage

TYPE = "transfergegenstand"


def index_item(item: Transfergegenstand) -> None:
    """Write the item's entry, or take out what no list shows; in the transaction of the change."""
    fresh = with_labels(listed_items().filter(pk=item.pk)).first()
    if fresh is None:
        remove_object(type=TYPE, key=str(item.pk))
    else:
        index_object(type=TYPE, key=str(fresh.pk), entry=entry_of(fresh))


def index_page_of_item(page: TransfergegenstandPage) -> None:
    """The text was published or withdrawn."""
    item = Transfergegenstand.objects.filter(page_id=page.pk).first()
    if item is not None:
        index_item(item)


def entries() -> Iterator[Entry]:
    """Every item of the bound network that is in the catalogue, for rebuilding."""
    for item in with_labels(listed_items()).iterator(chunk_size=200):
        yield entry_of(item)


def entry_of(item: Transfergegenstand) -> Entry:
    """Names, telephones and mail addresses of contacts stay out of the index."""
    return Entry(
        type=TYPE,
        key=str(item.pk),
        slug=item.slug,
        title=item.title,
        body=_body(item),
        url=item.get_absolute_url(),
        visibility=item.visibility,
        date=item.checked_on or item.published,
        facets={
            "Art": [item.get_kind_display()],
            "Eckpunkt": [link.eckpunkt.title for link in item.eckpunkt_links.all()],
            "Thema": [topic.name for topic in item.topics.all()],
            "Phase": [phase.title for phase in item.phases.all()],
            "Programm": [programme.title for programme in item.programmes.all()],
            "Kommune": [place.name for place in (item.municipality, *item.further_municipalities.all()) if place],
        },
    )


def _body(item: Transfergegenstand) -> str:
    parts = [f"{contact.function} {contact.unit}".strip() for contact in item.contacts.all()]
    page = item.page
    if page is not None and page.live:
        parts = [
            page.summary,
            *(get_text_for_indexing(part) for part in (page.initiierung, page.meilensteine, page.etablierung)),
            page.resources,
            page.success_factors,
            page.transfer_notes,
            *(f"{figure.value['label']}: {figure.value.in_words}" for figure in page.figures),
            *parts,
        ]
    return "\n".join(part for part in parts if part)
