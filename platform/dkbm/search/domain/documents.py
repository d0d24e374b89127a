"""Documents in the index, kept up by the documents themselves (``cms.document_changes``)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import PurePosixPath
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from dkbm.cms.domain.files import readable_collections
from dkbm.cms.models import NetworkDocument
from dkbm.search.enums import Visibility
from dkbm.search.facets import TAG, YEAR, tag_values, year_values
from dkbm.search.models import SearchEntry
from dkbm.search.registry import Entry
from dkbm.search.types import DOCUMENT
from dkbm.tenancy.visitor import guest

from .index import index_sections, remove_objects
from .texts import Section, ending_of, expect_texts, read_text, sections, texts_of

AT_ONCE = 20
"""Documents whose texts are held in memory together."""


def documents_changed(ids: Iterable[int]) -> None:
    """Documents were saved, moved or deleted; the file may be another one."""
    wanted = set(ids)
    expect_texts(NetworkDocument.objects.filter(pk__in=wanted))
    index_documents(wanted)


def index_documents(ids: Iterable[int]) -> None:
    """Write the entries of these documents as they are now, or take them out when they are gone."""
    gone = set(ids)
    for document in NetworkDocument.objects.filter(pk__in=gone).prefetch_related("tags"):
        entries = list(_entries([document]))
        keys = {*_stored_keys(document.pk), *(entry.key for entry in entries)}
        index_sections(type=DOCUMENT.key, keys=keys, entries=entries)
        gone.discard(document.pk)
    for pk in gone:
        remove_objects(type=DOCUMENT.key, keys=_stored_keys(pk))


def read_document(document_id: int) -> None:
    """The worker reads a document's file, and its entries are written with what stands in it.

    The document is held meanwhile: whoever renames or deletes it writes its entries before this or after, not between.
    """
    if read_text(document_id):
        with transaction.atomic():
            NetworkDocument.objects.select_for_update(of=("self",)).filter(pk=document_id).first()
            index_documents([document_id])


def document_entries() -> Iterator[Entry]:
    """Entries of all documents of the bound network."""
    ids = iter(list(NetworkDocument.objects.order_by("pk").values_list("pk", flat=True)))
    while part := list(islice(ids, AT_ONCE)):
        yield from _entries(list(NetworkDocument.objects.filter(pk__in=part).order_by("pk").prefetch_related("tags")))


def uploaded_by(person_id: UUID, keys: Collection[str]) -> list[str]:
    own = NetworkDocument.objects.filter(uploaded_by_user=person_id, pk__in=keys)
    return [str(pk) for pk in own.order_by().values_list("pk", flat=True)]


def _stored_keys(pk: int) -> list[str]:
    """``12``, and ``12/2`` … of the further sections of its text."""
    own = SearchEntry.objects.filter(type=DOCUMENT.key)
    return [*own.filter(key__startswith=f"{pk}/").values_list("key", flat=True), str(pk)]


def _entries(documents: list[NetworkDocument]) -> Iterator[Entry]:
    public = set(readable_collections(guest()).values_list("pk", flat=True))
    texts = texts_of(documents)
    for document in documents:
        visibility = Visibility.PUBLIC if document.collection_id in public else Visibility.MEMBERS
        found = sections(texts.get(document.pk, "")) or [Section(1, "")]
        for number, section in enumerate(found, start=1):
            yield _entry(document, number, section, visibility)


def _entry(document: NetworkDocument, number: int, section: Section, visibility: str) -> Entry:
    """Browsers open a PDF at the page that the address names."""
    name = " ".join(PurePosixPath(document.filename).stem.replace("_", " ").replace("-", " ").split())
    at_page = f"#page={section.page}" if section.page > 1 and ending_of(document.filename) == "pdf" else ""
    return Entry(
        type=DOCUMENT.key,
        key=str(document.pk) if number == 1 else f"{document.pk}/{number}",
        slug=document.filename,
        title=document.title,
        body=section.body or name,
        unshown=name if section.body and number == 1 else "",
        url=f"{document.url}{at_page}",
        visibility=visibility,
        date=document.created_at,
        facets={
            TAG: tag_values(document.tags.all()),
            YEAR: year_values(timezone.localtime(document.created_at).year),
        },
        continues=number > 1,
    )
