"""Examples in the search index, with the names of their Eckpunkte, topics, phases, programmes and municipalities."""

from __future__ import annotations

from collections.abc import Iterator

from wagtail.rich_text import get_text_for_indexing

from dkbm.municipalities.facets import MUNICIPALITY, municipality_values
from dkbm.search.domain.index import index_object, remove_object
from dkbm.search.facets import TAG, FacetValue, tag_values
from dkbm.search.registry import Entry
from goodpractice.domain.queries.items import listed_items, with_labels
from goodpractice.enums import ENTRY_TYPE, Kind
from goodpractice.facets import ECKPUNKT, KIND, PHASE, PROGRAMME
from goodpractice.models import Eckpunkt, Transfergegenstand, TransfergegenstandPage


def index_item(item: Transfergegenstand) -> None:
    """Write the item's entry, or take out what no list shows; in the transaction of the change."""
    fresh = with_labels(listed_items().filter(pk=item.pk)).first()
    if fresh is None:
        remove_object(type=ENTRY_TYPE, key=str(item.pk))
    else:
        index_object(type=ENTRY_TYPE, key=str(fresh.pk), entry=entry_of(fresh))


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
        type=ENTRY_TYPE,
        key=str(item.pk),
        slug=item.slug,
        title=item.title,
        body=_body(item),
        url=item.get_absolute_url(),
        visibility=item.visibility,
        date=item.checked_on or item.published,
        facets={
            KIND: [FacetValue(item.kind, Kind(item.kind).label, Kind.values.index(item.kind))],
            ECKPUNKT: [_eckpunkt(link.eckpunkt) for link in item.eckpunkt_links.all()],
            TAG: tag_values(item.topics.all()),
            PHASE: [FacetValue(phase.slug, phase.title, phase.position) for phase in item.phases.all()],
            PROGRAMME: [FacetValue(each.slug, each.title, each.position) for each in item.programmes.all()],
            MUNICIPALITY: municipality_values(item.municipality, *item.further_municipalities.all()),
        },
    )


def _eckpunkt(point: Eckpunkt) -> FacetValue:
    return FacetValue(point.slug, str(point), point.number)


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
