"""Documents in the index, kept up by the documents themselves (``cms.document_changes``)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from dkbm.cms.domain.files import readable_collections
from dkbm.cms.models import NetworkDocument
from dkbm.search.enums import Visibility
from dkbm.search.facets import TAG, tag_values
from dkbm.search.registry import Entry
from dkbm.search.types import DOCUMENT
from dkbm.tenancy.visitor import guest

from .index import index_object, remove_object


def index_documents(ids: Iterable[int]) -> None:
    """Write the entries of these documents as they are now, or take them out when they are gone."""
    gone = set(ids)
    for entry in _entries(NetworkDocument.objects.filter(pk__in=gone).prefetch_related("tags")):
        index_object(type=DOCUMENT.key, key=entry.key, entry=entry)
        gone.discard(int(entry.key))
    for pk in gone:
        remove_object(type=DOCUMENT.key, key=str(pk))


def document_entries() -> Iterator[Entry]:
    """Entries of all documents of the bound network."""
    yield from _entries(NetworkDocument.objects.order_by("pk").prefetch_related("tags"))


def _entries(documents: Iterable[NetworkDocument]) -> Iterator[Entry]:
    public = set(readable_collections(guest()).values_list("pk", flat=True))
    for document in documents:
        yield Entry(
            type=DOCUMENT.key,
            key=str(document.pk),
            slug=document.filename,
            title=document.title,
            body=" ".join(PurePosixPath(document.filename).stem.replace("_", " ").replace("-", " ").split()),
            url=document.url,
            visibility=Visibility.PUBLIC if document.collection_id in public else Visibility.MEMBERS,
            date=document.created_at,
            facets={TAG: tag_values(document.tags.all())},
        )
