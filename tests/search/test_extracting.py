"""Text of uploaded files, by a child that is killed when it takes too long."""

from __future__ import annotations

import io
import itertools
import os
import subprocess
import sys
import tempfile
import time

import pytest

from dkbm.search import extracting
from dkbm.search.extracting import Extracted, Outcome, extract, limits
from dkbm.search.extracting.__main__ import read
from tests.factories import documents_with_text as made


def read_here(content: bytes, ending: str) -> tuple[str, list[str]]:
    """Without the child, which costs half a second."""
    said = read(ending, io.BytesIO(content))
    return said["outcome"], ["\n".join(page.split("\n")).strip() for page in said["pages"]]


def extract_in_child(content: bytes, ending: str) -> Extracted:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        return extract(file, ending)


@pytest.mark.parametrize(
    ("ending", "content", "pages"),
    [
        ("pdf", made.pdf("Bildungsbüro", "Zweite Seite"), ["Bildungsbüro", "Zweite Seite"]),
        (
            "pdf",
            made.pdf("Wir beraten Bildungs-\nbüros und Groß-\nEltern"),
            ["Wir beraten Bildungsbüros und Groß-\nEltern"],
        ),
        ("docx", made.docx("Eins\nzwei", deleted="geheim"), ["Eins\nzwei", "", ""]),
        ("pptx", made.pptx(*(f"Folie {number}" for number in range(11))), [f"Folie {n}" for n in range(11)]),
        ("xlsx", made.xlsx("Kommune", "Stadt Emden"), ["Kommune\nStadt Emden"]),
        ("odt", made.open_document("Eins\nzwei", deleted="geheim"), ["Eins\nzwei"]),
        ("ods", made.open_document("Zelle", "spreadsheet"), ["Zelle"]),
        ("odp", made.open_document("Folie", "presentation"), ["Folie"]),
        ("txt", "Über Bildung".encode(), ["Über Bildung"]),
        ("csv", "Straße;Ort".encode("cp1252"), ["Straße;Ort"]),
        ("txt", "Über".encode("utf-16"), ["Über"]),
    ],
)
def test_text_of_each_kind_is_read(ending: str, content: bytes, pages: list[str]) -> None:
    assert read_here(content, ending) == ("text", pages)


@pytest.mark.parametrize(
    ("ending", "content", "outcome"),
    [
        ("pdf", made.scanned_pdf(2), "pictures"),
        ("pdf", made.locked_pdf("Geheim", password="abc"), "encrypted"),
        ("pdf", made.pdf("Text")[:200], "broken"),
        ("pdf", b"%PDF-1.7 nichts", "broken"),
        ("docx", b"\xd0\xcf\x11\xe0 mit Passwort", "encrypted"),
        ("docx", b"PK\x03\x04 kaputt", "broken"),
        ("docx", made.archive({"anderes.xml": "<a/>"}), "broken"),
        ("docx", made.archive({"word/document.xml": "<a><b></a>"}), "broken"),
        ("docx", made.archive({"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "broken"),
        ("odt", made.archive({"content.xml": "x", "META-INF/manifest.xml": "<encryption-data/>"}), "encrypted"),
        ("odt", made.open_document(""), "empty"),
        ("txt", b"  \n", "empty"),
    ],
)
def test_file_without_text_is_called_by_its_reason(ending: str, content: bytes, outcome: str) -> None:
    assert read_here(content, ending) == (outcome, [])


def test_pdf_that_is_locked_against_changing_alone_is_read() -> None:
    assert read_here(made.locked_pdf("Offen", password=""), "pdf") == ("text", ["Offen"])


def test_three_hundred_pages_are_read_in_the_child() -> None:
    page = "\n".join(f"Zeile {number} ueber Bildung in der Kommune" for number in range(50))
    found = extract_in_child(made.pdf(*[page] * 299, "Schluss"), "pdf")
    assert (found.outcome, len(found.pages), found.pages[-1], found.whole) == (Outcome.TEXT, 300, "Schluss", True)


def test_child_gets_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    given: dict[str, object] = {}
    monkeypatch.setattr(extracting.subprocess, "run", lambda *_args, **values: given.update(values) or _Said())
    assert extract_in_child(b"x", "txt") == Extracted(Outcome.EMPTY, [])
    assert sorted(given["env"]) == ["PYTHONIOENCODING", "PYTHONPATH"]


class _Said:
    stdout = b'{"outcome": "empty", "pages": [], "whole": true}'
    returncode = 0


def test_bomb_is_given_up_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_UNPACKED", 1_000_000)
    bomb = made.archive({"word/document.xml": b" " * 1_000_001})
    assert len(bomb) < 10_000
    assert read_here(bomb, "docx") == ("too_large", [])


def test_flood_of_text_is_read_to_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_CHARACTERS", 50)
    said = read("docx", io.BytesIO(made.docx("Bildung\n" * 100_000)))
    assert (said["pages"][0][:8], len(said["pages"][0]), said["whole"]) == ("Bildung\n", 50, False)


def test_child_that_wants_too_much_memory_ends() -> None:
    """Its own limit ends it, here a small one."""
    program = "from dkbm.search.extracting import limits; limits.MEMORY = 2**27; limits.set_limits(); b'x' * 2**28"
    env = {"PYTHONPATH": str(extracting.ROOT)}
    child = subprocess.run([sys.executable, "-c", program], env=env, check=False, capture_output=True, text=True)
    assert "MemoryError" in child.stderr


def test_child_that_takes_too_long_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracting, "SECONDS", 0.2)
    inside, outside = os.pipe()
    start = time.monotonic()
    with io.FileIO(inside) as waiting, io.FileIO(outside, "w"):
        waiting.seek = lambda _place: 0  # type: ignore[method-assign, assignment]
        assert extract(waiting, "txt") == Extracted(Outcome.TOO_LARGE, [])
    assert time.monotonic() - start < 5


def test_pages_without_number_are_read_to_where_there_is_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PAGES", 3)
    assert limits.as_far_as_allowed(itertools.repeat("")) == (["", "", ""], False)
    assert limits.as_far_as_allowed(["a", "b", "c"]) == (["a", "b", "c"], True)


@pytest.mark.parametrize("most", [10, 25])
def test_text_beyond_the_room_is_left_out(monkeypatch: pytest.MonkeyPatch, most: int) -> None:
    monkeypatch.setattr("dkbm.search.extracting.limits.MOST_CHARACTERS", most)
    said = read("pdf", io.BytesIO(made.pdf("x" * 20, "y" * 20)))
    assert (sum(map(len, said["pages"])), said["whole"]) == (most, False)
