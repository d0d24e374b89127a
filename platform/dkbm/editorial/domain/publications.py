"""The one way in which publications that are no pages are written: row and search entry together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from dkbm.editorial.domain.searching import TYPE, index_publication
from dkbm.editorial.models import Publication
from dkbm.municipalities.models import Municipality
from dkbm.search.domain.index import remove_object
from dkbm.tenancy.locking import lock


@dataclass(frozen=True)
class PublicationValues:
    """Everything that the row says, under the names of its fields; ``items``, ``topics``, ``workgroups``: slugs."""

    kind: str
    title: str
    series: str = ""
    year: int | None = None
    year_note: str = ""
    publisher: str = ""
    municipality: Municipality | None = None
    workgroups: Sequence[str] = ()
    summary: str = ""
    chapters: Sequence[str] = ()
    items: Sequence[str] = ()
    topics: Sequence[str] = ()
    website: str = ""
    source: str = ""


LISTS = ("workgroups", "chapters", "items", "topics")


@transaction.atomic
def save_publication(publication: Publication, values: PublicationValues) -> Publication:
    """Bring the publication (new, with its slug, or stored) to these values. Raises ``ValidationError``."""
    if publication.pk:
        publication = lock(publication)
    for name, value in vars(values).items():
        setattr(publication, name, list(value) if name in LISTS else value)
    publication.full_clean(exclude=["network"])
    publication.save()
    index_publication(publication)
    return publication


def delete_publication(*, publication: Publication) -> None:
    """Call it in the transaction in which the row goes."""
    remove_object(type=TYPE, key=str(publication.pk))
