"""Text of office files, straight from their parts: each library for one of the six kinds would build a tree of all.

What was deleted or noted beside the text by those who wrote it is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import IO, Any
from zipfile import ZipFile

from defusedxml.ElementTree import DefusedXMLParser

from . import limits
from .limits import Broken, Encrypted

PART = 256 * 1024
OLE = b"\xd0\xcf\x11\xe0"
"""An office file with a password is no archive any more."""
BLANKS = {"tab", "br", "cr", "line-break", "s", "c"}
"""Elements that part words."""
MANIFEST = "META-INF/manifest.xml"


Names = Set[str]


class _Text:
    """Collects the text within some elements, a line for each of ``ends``. ``hidden``: with all that is in them."""

    def __init__(self, *, within: Names, ends: Names, hidden: Names) -> None:
        self._within, self._ends, self._hidden = within, ends, hidden
        self._depth = self._below = 0
        self.length = 0
        self.found: list[str] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _local(tag)
        self._below += name in self._hidden
        self._depth += name in self._within
        if name in BLANKS:
            self.found.append(" ")

    def end(self, tag: str) -> None:
        name = _local(tag)
        self._below -= name in self._hidden
        self._depth -= name in self._within
        if name in self._ends:
            self.found.append("\n")

    def data(self, text: str) -> None:
        if self._depth and not self._below:
            self.found.append(text)
            self.length += len(text)

    def close(self) -> str:
        return "".join(self.found)


class _Archive:
    """Parts by name; what they are unpacked to is counted."""

    def __init__(self, file: IO[bytes]) -> None:
        if file.read(len(OLE)) == OLE:
            raise Encrypted
        self._zip = ZipFile(file)
        self._unpacked = 0
        self.names = self._zip.namelist()

    def matching(self, pattern: str) -> list[str]:
        """By the number in their names: ``slide2`` before ``slide10``."""
        found = [name for name in self.names if re.fullmatch(pattern, name)]
        return sorted(found, key=lambda name: (int(re.sub(r"\D", "", name) or 0), name))

    def beginning(self, name: str) -> bytes:
        with self._zip.open(name) as part:
            return part.read(PART)

    def text(self, name: str, *, within: Names, ends: Names, hidden: Names = frozenset()) -> str:
        if name not in self.names:
            return ""
        self._unpacked += self._zip.getinfo(name).file_size  # no more than that is unpacked
        if self._unpacked > limits.MOST_UNPACKED:
            raise limits.TooLarge
        target = _Text(within=within, ends=ends, hidden=hidden)
        parser: Any = DefusedXMLParser(target=target)
        with self._zip.open(name) as part:
            while content := part.read(PART):
                parser.feed(content)
                if target.length > limits.MOST_CHARACTERS:
                    return target.close()
        return str(parser.close())


def docx(file: IO[bytes]) -> Iterator[str]:
    archive = _Archive(file)
    if "word/document.xml" not in archive.names:
        raise Broken
    for name in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        yield archive.text(name, within={"t"}, ends={"p"})


def pptx(file: IO[bytes]) -> Iterator[str]:
    archive = _Archive(file)
    for name in archive.matching(r"ppt/slides/slide\d+\.xml"):
        yield archive.text(name, within={"t"}, ends={"p"})


def xlsx(file: IO[bytes]) -> Iterator[str]:
    """Words alone: nobody looks for a number in the middle of a table."""
    archive = _Archive(file)
    yield archive.text("xl/sharedStrings.xml", within={"t"}, ends={"si"}, hidden={"rPh"})
    for name in archive.matching(r"xl/worksheets/sheet\d+\.xml"):
        yield archive.text(name, within={"is"}, ends={"is"})


def open_document(file: IO[bytes]) -> Iterator[str]:
    archive = _Archive(file)
    if "content.xml" not in archive.names:
        raise Broken
    if MANIFEST in archive.names and b"encryption-data" in archive.beginning(MANIFEST):
        raise Encrypted
    yield archive.text("content.xml", within={"p", "h"}, ends={"p", "h"}, hidden={"tracked-changes", "annotation"})


def _local(name: str) -> str:
    return name.rpartition("}")[2]
