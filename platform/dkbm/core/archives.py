"""What is inside of an uploaded archive: the document that its name says, no macros, nothing that is fetched from
elsewhere when one opens it, no flood when it is unpacked."""

from __future__ import annotations

import lzma
import tempfile
import zlib
from dataclasses import dataclass
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile, ZipInfo

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from .office_parts import MACROS, check_office_parts, macros

ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OOXML = "application/vnd.openxmlformats-officedocument."
MAIN_PARTS = {
    "docx": f"{_OOXML}wordprocessingml.document.main+xml",
    "xlsx": f"{_OOXML}spreadsheetml.sheet.main+xml",
    "pptx": f"{_OOXML}presentationml.presentation.main+xml",
}
_ODF = "application/vnd.oasis.opendocument."
MIMETYPES = {
    "odt": f"{_ODF}text",
    "ods": f"{_ODF}spreadsheet",
    "odp": f"{_ODF}presentation",
    "epub": "application/epub+zip",
}
CONTENT_TYPES = "[Content_Types].xml"

MOST_ENTRIES = 5_000
MOST_BYTES = 400 * 1024 * 1024
MOST_TIMES = 200
"""So many times its size an archive may become, once it is more than :data:`SMALL`."""
SMALL = 10 * 1024 * 1024
DEEPEST = 2
"""An archive in an archive may hold none."""
LONGEST_TEXT = 1024 * 1024
PART = 256 * 1024


@dataclass
class _Budget:
    """Counted over all archives in the upload, while they are unpacked: what they say of themselves may be a lie."""

    size: int
    entries: int = 0
    unpacked: int = 0

    def enter(self) -> None:
        self.entries += 1
        if self.entries > MOST_ENTRIES:
            raise _too_much()

    def count(self, number: int) -> None:
        self.unpacked += number
        if self.unpacked > MOST_BYTES or (self.unpacked > SMALL and self.unpacked > MOST_TIMES * self.size):
            raise _too_much()


def check_archive(file: Any, ending: str, unlike: ValidationError) -> None:
    """Raises ``unlike`` for what is no such document, and a German sentence for what must not be inside of one."""
    file.seek(0, 2)
    budget = _Budget(size=file.tell())
    try:
        with ZipFile(file) as archive:
            _check_names(archive, budget)
            if not _is(archive, ending):
                raise unlike
            _unpack(archive, budget, depth=1)
            check_office_parts(archive)
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, zlib.error, lzma.LZMAError):
        raise unlike from None


def _check_names(archive: ZipFile, budget: _Budget) -> None:
    entries = archive.infolist()
    for entry in entries:
        budget.enter()
        if entry.flag_bits & 0x1:
            raise ValidationError(
                _("Diese Datei ist mit einem Passwort geschützt und kann nicht geprüft werden."), code="encrypted"
            )
        if (name := _name(entry)).startswith("/") or ".." in name.split("/"):
            raise ValidationError(_("In diesem Archiv stehen Dateien mit Pfaden nach außen."), code="paths")
        if name.lower().rpartition("/")[2] in MACROS:
            raise macros()
    # Whoever opens it might read the other one.
    if len({_name(entry).lower() for entry in entries}) < len(entries):
        raise ValidationError(
            _("In dieser Datei steht ein Teil doppelt. Bitte speichern Sie sie in Ihrem Programm neu."), code="twice"
        )


def _name(entry: ZipInfo) -> str:
    return entry.filename.replace("\\", "/")


def _is(archive: ZipFile, ending: str) -> bool:
    """By the main part of an office document, or by the mark of an open document; a plain archive is one always."""
    if ending in MAIN_PARTS:
        return MAIN_PARTS[ending] in _content_types(archive)
    if ending in MIMETYPES:
        return _text(archive, "mimetype").decode("ascii", "replace").strip() == MIMETYPES[ending]
    return True


def _content_types(archive: ZipFile) -> set[str | None]:
    try:
        root = ElementTree.fromstring(_text(archive, CONTENT_TYPES))
    except (ElementTree.ParseError, DefusedXmlException):
        return set()
    return {each.get("ContentType") for each in root if each.tag.endswith("}Override")}


def _text(archive: ZipFile, name: str) -> bytes:
    """Empty where it is missing."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as opened:
        return opened.read(LONGEST_TEXT)


def _unpack(archive: ZipFile, budget: _Budget, *, depth: int) -> None:
    for entry in archive.infolist():
        with archive.open(entry) as opened:
            start = opened.read(len(ZIP[0]))
            budget.count(len(start))
            if start in ZIP:
                _unpack_inner(start, opened, budget, depth=depth + 1)
            while part := opened.read(PART):
                budget.count(len(part))


def _unpack_inner(start: bytes, opened: Any, budget: _Budget, *, depth: int) -> None:
    if depth > DEEPEST:
        raise _too_much()
    with tempfile.SpooledTemporaryFile(max_size=SMALL) as copy:
        copy.write(start)
        while part := opened.read(PART):
            budget.count(len(part))
            copy.write(part)
        _look_into(copy, budget, depth)


def _look_into(copy: BinaryIO | Any, budget: _Budget, depth: int) -> None:
    try:
        inner = ZipFile(copy)
    except BadZipFile:
        return  # it only begins like one
    with inner:
        _check_names(inner, budget)
        _unpack(inner, budget, depth=depth)
        check_office_parts(inner)


def _too_much() -> ValidationError:
    return ValidationError(
        _("Dieses Archiv wird beim Auspacken zu groß. Bitte laden Sie die Dateien einzeln hoch."),
        code="too_much",
    )
