"""Uploaded files are what their names say."""

from __future__ import annotations

import io

import pytest
from django.core.exceptions import ValidationError

from dkbm.cms.uploads import check_content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Einladung.pdf", b"%PDF-1.7\n"),
        ("alt.PDF", b"\n\n%PDF-1.4"),
        ("Liste.xlsx", b"PK\x03\x04rest"),
        ("Termin.ics", b"BEGIN:VCALENDAR\r\n"),
        ("Zahlen.csv", b"Ort;Zahl\n"),
        ("leer.txt", b""),
    ],
)
def test_content_that_fits_its_name_is_taken(name: str, content: bytes) -> None:
    file = io.BytesIO(content)
    check_content(file, name)
    assert file.read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("Einladung.pdf", b"MZ\x90\x00" + bytes(100)),
        ("Einladung.pdf", b"<html><script>alert(1)</script>"),
        ("Liste.xlsx", b"%PDF-1.7"),
        ("Zahlen.csv", b"\x7fELF\x02"),
        ("Notiz.txt", b"#!/bin/sh\n"),
    ],
)
def test_content_that_does_not_fit_is_refused_in_words(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as caught:
        check_content(io.BytesIO(content), name)
    ending = name.rpartition(".")[2]
    assert caught.value.messages == [
        f"Diese Datei heißt „.{ending}“, ist aber keine {ending.upper()}-Datei. Bitte laden Sie das Original hoch."
    ]
