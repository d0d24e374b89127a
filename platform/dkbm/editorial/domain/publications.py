"""Saving the publications that are no pages; for importers and editors. Row and search entry together."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from dkbm.editorial.domain.searching import TYPE, index_publication
from dkbm.editorial.models import Publication
from dkbm.municipalities.models import Municipality
from dkbm.search.domain.index import remove_object


@transaction.atomic
def save_publication(
    *,
    slug: str,
    kind: str,
    title: str,
    series: str = "",
    year: int | None = None,
    year_note: str = "",
    publisher: str = "",
    municipality: str | Municipality | None = None,
    workgroups: Iterable[str] = (),
    summary: str = "",
    chapters: Iterable[str] = (),
    items: Iterable[str] = (),
    topics: Iterable[str] = (),
    website: str = "",
    source: str = "",
) -> Publication:
    """Create the publication with this slug, or bring it to what is given; keys as in ``publications.yaml``.

    Raises ``ValueError`` for an unknown municipality and ``ValidationError`` for wrong values.
    """
    if isinstance(municipality, str):
        found = Municipality.objects.filter(slug=municipality).first()
        if found is None:
            raise ValueError(f"unknown municipality {municipality!r}")
        municipality = found
    row = Publication.objects.filter(slug=slug).first() or Publication(slug=slug)
    row.kind, row.title, row.series, row.year, row.year_note = kind, title, series, year, year_note
    row.publisher, row.municipality, row.summary = publisher, municipality, summary
    row.workgroups, row.chapters = list(workgroups), list(chapters)
    row.items, row.topics = list(items), list(topics)
    row.website, row.source = website, source
    row.full_clean(exclude=["network"])
    row.save()
    index_publication(row)
    return row


def delete_publication(*, publication: Publication) -> None:
    """Call it in the transaction in which the row goes."""
    remove_object(type=TYPE, key=str(publication.pk))
