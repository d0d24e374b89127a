"""Words within documents: read by the worker, found by whom the document is for, gone with the file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dkbm.cms.document_changes import notes_of
from dkbm.cms.models import NetworkDocument
from dkbm.search.domain import texts
from dkbm.search.domain.documents import read_document
from dkbm.search.domain.index import compare_index, rebuild_index
from dkbm.search.domain.queries.entries import find
from dkbm.search.domain.texts import sections, waiting_documents
from dkbm.search.models import DocumentFile, DocumentText, SearchEntry
from dkbm.search.tasks import sweep_documents
from dkbm.tenancy.context import BoundNetwork, bind
from dkbm.tenancy.visitor import Visitor, guest, visitor_of
from tests.factories import documents_with_text as made
from tests.factories.files import collection
from tests.factories.people import make_person

pytestmark = pytest.mark.usefixtures("media")


def upload(content: bytes = b"Xylophonunterricht", name: str = "heft.txt", **values: Any) -> NetworkDocument:
    document = NetworkDocument(title="Vereinbarung", collection=collection(**values))
    document.file.save(name, ContentFile(content), save=False)
    document.save()
    return document


def replace(document: NetworkDocument, content: bytes, name: str = "heft.txt") -> None:
    document.file.save(name, ContentFile(content), save=False)
    document.save()


def found(q: str, visitor: Visitor) -> list[str]:
    return [hit.url for hit in find(q=q, visitor=visitor)[0:50]]


@pytest.fixture
def member(in_niedersachsen: BoundNetwork) -> Visitor:
    return visitor_of(make_person())


@pytest.fixture
def later() -> Iterator[Any]:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield lambda **values: clock.shift(timedelta(**values))


@pytest.mark.parametrize("public", [True, False])
def test_words_of_a_file_are_found_by_whom_it_is_for(member: Visitor, public: bool) -> None:
    document = upload(public=public)
    assert found("xylophonunterricht", member) == []
    read_document(document.pk)
    assert found("xylophonunterricht", member) == [document.url]
    assert found("xylophonunterricht", guest()) == ([document.url] if public else [])
    assert found('"heft"', member)[:1] == found("vereinbarung", member) == [document.url]


def test_other_network_finds_no_text(niedersachsen: BoundNetwork, bayern: BoundNetwork) -> None:
    with bind(niedersachsen):
        document = upload(public=True)
        read_document(document.pk)
    with bind(bayern):
        read_document(document.pk)
        assert (found("xylophonunterricht", guest()), DocumentText.objects.count()) == ([], 0)


def test_long_text_is_found_at_its_page_and_forgotten_with_the_file(
    member: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "SECTION", 60)
    document = upload(made.pdf("Anfang " * 8, "Mitte", "Xylophon " * 5, "Ende"), "heft.pdf")
    read_document(document.pk)
    keys = SearchEntry.objects.filter(type="document").order_by("key").values_list("key", "continues")
    assert list(keys) == [(f"{document.pk}", False), (f"{document.pk}/2", True)]
    assert found("xylophon", member) == [f"{document.url}#page=2"]
    assert "document" not in compare_index()
    assert rebuild_index()["document"] == 2
    closed = collection(public=True)
    NetworkDocument.objects.filter(pk=document.pk).update(collection=closed)
    assert found("xylophon", guest()) == [f"{document.url}#page=2"]
    replace(document, b"Kurz")
    assert found("xylophon", member) == []
    read_document(document.pk)
    assert found("kurz", member) == [document.url]
    document.delete()
    assert not SearchEntry.objects.filter(type="document").exists()


def test_file_is_read_once_for_all_that_have_it(member: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [upload(), upload(name="kopie.txt")]
    read_document(documents[0].pk)
    monkeypatch.setattr(texts, "extract", lambda *_: pytest.fail("read twice"))
    read_document(documents[0].pk)
    read_document(documents[1].pk)
    assert sorted(found("xylophonunterricht", member)) == sorted(each.url for each in documents)
    documents[0].delete()
    sweep_documents()
    assert DocumentText.objects.count() == 1
    documents[1].delete()
    sweep_documents()
    assert DocumentText.objects.count() == 0


def test_sweep_reads_what_was_lost_and_what_was_there_before(in_niedersachsen: BoundNetwork) -> None:
    document, old, archive = upload(), upload(), upload(made.archive({"a": "b"}), "sammlung.zip")
    DocumentFile.objects.filter(document=old).delete()
    assert waiting_documents(50) == [document.pk, old.pk]
    for each in (document, old, archive):
        read_document(each.pk)
    assert waiting_documents(50) == []


def test_file_that_kills_its_reader_is_tried_again_later_and_given_up(
    in_niedersachsen: BoundNetwork, monkeypatch: pytest.MonkeyPatch, later: Callable[..., None]
) -> None:
    def killed(*_: Any) -> None:
        raise SystemExit

    monkeypatch.setattr(texts, "extract", killed)
    document = upload()
    for attempt in range(1, 5):
        assert waiting_documents(50) == [document.pk]
        with pytest.raises(SystemExit):
            read_document(document.pk)
        assert waiting_documents(50) == []
        read_document(document.pk)  # not due
        later(minutes=10 * attempt)
    assert waiting_documents(50) == []
    assert notes_of(document.pk) == [
        "Diese Datei ist zu aufwendig zu lesen. Gefunden wird sie nur an Titel und Schlagwörtern."
    ]


def test_document_is_held_while_its_text_joins_its_entry(in_niedersachsen: BoundNetwork) -> None:
    """Else whoever renames it meanwhile would find the old title written over the new one."""
    document = upload()
    with CaptureQueriesContext(connection) as asked:
        read_document(document.pk)
    statements = [each["sql"] for each in asked.captured_queries]
    held = next(n for n, sql in enumerate(statements) if "FOR UPDATE" in sql and "networkdocument" in sql)
    assert held < next(n for n, sql in enumerate(statements) if 'INTO "search_searchentry"' in sql)


def test_file_that_was_replaced_while_it_was_read_gives_no_text(
    member: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = upload()
    extract = texts.extract

    def slow(*given: Any) -> Any:
        replace(document, b"Trompete")
        return extract(*given)

    monkeypatch.setattr(texts, "extract", slow)
    read_document(document.pk)
    monkeypatch.setattr(texts, "extract", extract)
    assert found("xylophonunterricht", member) == []
    read_document(document.pk)
    assert found("trompete", member) == [document.url]


@pytest.mark.parametrize(
    ("name", "content", "note"),
    [
        ("a.txt", b"Text", []),
        ("a.zip", made.archive({"a": "b"}), []),
        (
            "a.pdf",
            made.scanned_pdf(),
            ["In dieser Datei ist kein Text, der gefunden werden kann: Sie besteht aus Bildern."],
        ),
        (
            "a.pdf",
            made.locked_pdf("Geheim", password="abc"),
            ["Diese Datei hat ein Passwort. Gefunden wird sie nur an Titel und Schlagwörtern."],
        ),
        (
            "a.pdf",
            b"%PDF-1.7 nichts",
            ["Diese Datei lässt sich nicht lesen. Bitte prüfen Sie, ob sie sich öffnen lässt."],
        ),
    ],
)
def test_editor_reads_why_a_file_is_not_found(
    in_niedersachsen: BoundNetwork, name: str, content: bytes, note: list[str]
) -> None:
    document = upload(content, name)
    if not name.endswith("zip"):
        assert notes_of(document.pk) == [
            "Der Text dieser Datei wird noch gelesen. Danach wird sie auch an ihm gefunden."
        ]
    read_document(document.pk)
    assert notes_of(document.pk) == note


def test_note_stands_beside_the_file_in_the_cms(niedersachsen: BoundNetwork, client_of: Callable[..., Client]) -> None:
    with bind(niedersachsen):
        editor = make_person(roles=("editor",))
        document = upload(made.scanned_pdf(), "a.pdf")
        read_document(document.pk)
    page = client_of(niedersachsen, editor).get(f"/cms/documents/edit/{document.pk}/").text
    assert "Sie besteht aus Bildern." in page


def test_sections_hold_whole_pages_and_part_long_ones_between_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "SECTION", 10)
    assert sections("ab\fcd\fefghijkl\f" + "wort " * 4) == [
        (1, "ab\ncd"),
        (3, "efghijkl"),
        (4, "wort wort"),
        (4, "wort wort"),
    ]
    monkeypatch.setattr(texts, "MOST_SECTIONS", 1)
    assert sections("ab\fcdefghijklm") == [(1, "ab")]
