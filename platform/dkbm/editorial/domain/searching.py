"""Publications in the search: what the list says of them, public as the list is."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from dkbm.cms.models import NetworkTag
from dkbm.core.paths import page_path
from dkbm.editorial.enums import PublicationKind
from dkbm.editorial.facets import KIND
from dkbm.editorial.models import INDEX_SLUG, Publication
from dkbm.municipalities.facets import MUNICIPALITY, municipality_values
from dkbm.search.domain.index import index_object
from dkbm.search.enums import Visibility
from dkbm.search.facets import TAG, YEAR, FacetValue, year_values
from dkbm.search.registry import Entry

TYPE = "publication"


def index_publication(publication: Publication) -> None:
    """Write the entry; call it in the transaction of the change."""
    index_object(type=TYPE, key=str(publication.pk), entry=_entry(publication, _topics([publication])))


def entries() -> Iterator[Entry]:
    """Every publication of the bound network, for rebuilding."""
    rows = list(Publication.objects.select_related("municipality").order_by("pk"))
    topics = _topics(rows)
    for row in rows:
        yield _entry(row, topics)


def _topics(rows: list[Publication]) -> dict[str, str]:
    """Slug -> name."""
    slugs = {slug for row in rows for slug in row.topics}
    return dict(NetworkTag.objects.filter(slug__in=slugs).values_list("slug", "name")) if slugs else {}


def _entry(row: Publication, topics: dict[str, str]) -> Entry:
    kind = PublicationKind(row.kind)
    texts = [row.summary, row.series, row.publisher, *row.chapters]
    return Entry(
        type=TYPE,
        key=str(row.pk),
        slug=row.slug,
        title=row.title,
        body="\n".join(text for text in texts if text),
        url=f"{page_path(INDEX_SLUG)}#{row.slug}",
        visibility=Visibility.PUBLIC.value,
        date=datetime.date(row.year, 1, 1) if row.year else None,
        period=str(row.year or ""),
        facets={
            KIND: [FacetValue(kind.value, kind.label, PublicationKind.values.index(kind.value))],
            MUNICIPALITY: municipality_values(row.municipality),
            TAG: [FacetValue(slug, topics[slug]) for slug in row.topics if slug in topics],
            YEAR: year_values(row.year),
        },
    )
