"""Text of documents: a row says that a file waits, the worker reads it, and its words join the document's entry."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Collection, Iterable, Iterator
from datetime import timedelta
from pathlib import PurePath
from typing import IO, NamedTuple

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from dkbm.cms.models import NetworkDocument
from dkbm.core.commits import publish_on_commit
from dkbm.search.extracting import READABLE, Extracted, Outcome, extract
from dkbm.search.models import DocumentFile, DocumentText
from dkbm.search.text import clean

READ_TASK = "search.read_document"
MOST_ATTEMPTS = 4
AGAIN = timedelta(minutes=10)
"""Longer than a task may take; each further attempt waits longer."""
SECTION = 50_000
"""Characters of an entry: more would make ranking slow, less would part words that are looked for together."""
MOST_SECTIONS = 100
PAGE_END = "\f"


class Section(NamedTuple):
    """``page``: the first one of it."""

    page: int
    body: str


def expect_texts(documents: Iterable[NetworkDocument]) -> None:
    """Note which files these documents have now, and have the new ones read. In the transaction of the change."""
    files = {each.pk: str(each.file.name) for each in documents}
    known = dict(DocumentFile.objects.filter(document__in=files).values_list("document_id", "name"))
    new = {pk: name for pk, name in files.items() if known.get(pk) != name}
    DocumentFile.objects.filter(document__in=new).delete()
    readable = {pk: name for pk, name in new.items() if ending_of(name) in READABLE}
    rows = [DocumentFile(document_id=pk, name=name) for pk, name in readable.items()]
    DocumentFile.objects.bulk_create(rows, ignore_conflicts=True)
    for pk in readable:
        publish_on_commit(READ_TASK, document_id=pk)


def forget_unused_texts() -> None:
    """Of files that no document has any more. By the sweep: in the change itself it could fail for another's sake."""
    DocumentText.objects.filter(files=None).only("pk").delete()


def ending_of(name: str) -> str:
    return PurePath(name).suffix.lower().removeprefix(".")


def read_text(document_id: int) -> bool:
    """Read the file of one document of the bound network, and whether there is a text now that its entry lacks.

    One that is gone, read or being read is left alone. No lock is held meanwhile: the row says when to try again.
    """
    waiting = DocumentFile.objects.filter(document=document_id, text=None, attempts__lt=MOST_ATTEMPTS)
    row = waiting.select_related("document").filter(due__lte=timezone.now()).first()
    if row is None:
        return False
    again = timezone.now() + AGAIN * (row.attempts + 1)
    if not waiting.filter(pk=row.pk, due=row.due).update(attempts=F("attempts") + 1, due=again):
        return False
    with tempfile.TemporaryFile() as copy:
        digest = _copy(row.document, copy)
        found = None if DocumentText.objects.filter(hash=digest).exists() else extract(copy, ending_of(row.name))
    return _store(row, digest, found)


def _copy(document: NetworkDocument, copy: IO[bytes]) -> str:
    """Storage may be elsewhere; a child of ours reads from a descriptor. Returns the hash of the content."""
    digest = hashlib.sha256()
    with document.file.open("rb") as stored:
        for part in stored.chunks():
            digest.update(part)
            copy.write(part)
    copy.flush()
    return digest.hexdigest()


@transaction.atomic
def _store(row: DocumentFile, digest: str, found: Extracted | None) -> bool:
    """``False`` where the document got another file meanwhile: that one is read by itself."""
    if found is not None:
        text = DocumentText(hash=digest, outcome=found.outcome, whole=found.whole)
        text.text = PAGE_END.join(map(clean, found.pages))
        DocumentText.objects.bulk_create([text], ignore_conflicts=True)
    stored = DocumentText.objects.get(hash=digest)
    same = DocumentFile.objects.filter(pk=row.pk, name=row.name, text=None)
    return bool(same.update(text=stored))


def waiting_documents(limit: int) -> list[int]:
    """Ids of documents whose task was lost, whose worker died, or that are older than the search of texts."""
    endings = [f".{ending}" for ending in sorted(READABLE)]
    unknown = NetworkDocument.objects.filter(
        text_file=None, file__iregex=rf"({'|'.join(endings)})$".replace(".", r"\.")
    )
    expect_texts(unknown.order_by("pk")[:limit])
    due = DocumentFile.objects.filter(text=None, attempts__lt=MOST_ATTEMPTS, due__lte=timezone.now())
    return list(due.order_by("due", "pk").values_list("document_id", flat=True)[:limit])


def sections(text: str) -> list[Section]:
    """As many pages together as an entry holds; what is longer than that by itself is cut between words."""
    found: list[Section] = []
    for number, page in enumerate(text.split(PAGE_END), start=1):
        for piece in _pieces(page):
            if found and len(found[-1].body) + len(piece) < SECTION:
                found[-1] = Section(found[-1].page, f"{found[-1].body}\n{piece}".strip())
            else:
                found.append(Section(number, piece.strip()))
    return found[:MOST_SECTIONS]


def _pieces(page: str) -> Iterator[str]:
    while len(page) > SECTION:
        end = page.rfind(" ", SECTION // 2, SECTION) + 1 or SECTION
        yield page[:end]
        page = page[end:]
    yield page


def note_of(document_id: int) -> str:
    """What an editor has to know: why a document is not found by its text."""
    row = DocumentFile.objects.filter(document=document_id).select_related("text").defer("text__text").first()
    if row is None:
        return ""
    if row.text is None and row.attempts >= MOST_ATTEMPTS and row.due <= timezone.now():
        return str(_sentences()[Outcome.TOO_LARGE])
    if row.text is None:
        return _("Der Text dieser Datei wird noch gelesen. Danach wird sie auch an ihm gefunden.")
    if not row.text.whole:
        return _("Diese Datei ist sehr lang. Gefunden wird sie nur am Anfang ihres Textes.")
    return _sentences().get(row.text.outcome, "")


def _sentences() -> dict[str, str]:
    return {
        Outcome.PICTURES: _("In dieser Datei ist kein Text, der gefunden werden kann: Sie besteht aus Bildern."),
        Outcome.EMPTY: _("In dieser Datei ist kein Text, der gefunden werden kann."),
        Outcome.ENCRYPTED: _("Diese Datei hat ein Passwort. Gefunden wird sie nur an Titel und Schlagwörtern."),
        Outcome.BROKEN: _("Diese Datei lässt sich nicht lesen. Bitte prüfen Sie, ob sie sich öffnen lässt."),
        Outcome.TOO_LARGE: _(
            "Diese Datei ist zu aufwendig zu lesen. Gefunden wird sie nur an Titel und Schlagwörtern."
        ),
    }


def texts_of(documents: Collection[NetworkDocument]) -> dict[int, str]:
    """Document -> what was read of the file that it has."""
    rows = DocumentFile.objects.filter(document__in=documents, text__outcome=Outcome.TEXT)
    return dict(rows.values_list("document_id", "text__text"))
