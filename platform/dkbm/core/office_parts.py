"""What an office document fetches or runs when one opens it: parts that lie elsewhere, macros by their type.

Links that somebody has to click stay, and so do files of the writer's own computer: nobody else has them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import ParseError
from zipfile import ZipFile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONTENT_TYPES = "[content_types].xml"
MANIFEST = "meta-inf/manifest.xml"
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument."
MACRO_TYPES = ("vbaproject", "vbadata")
"""What the list of types calls macros, whatever their file is called."""
MACROS = {"vbaproject.bin", "vbadata.xml"}
MACRO_FOLDERS = {"basic", "scripts"}
"""Of an open document, and of one within it."""
MACRO_LINKS = ("vnd.sun.star.script:", "macro:")
CLICKED = {
    # relations of Office Open XML; a table that names another one asks before it reads it
    *("hyperlink", "video", "externallinkpath", "xlpathmissing", "xlstartup", "xlalternatestartup", "xllibrary"),
    # elements of open documents
    *("a", "area-rectangle", "area-circle", "area-polygon", "form", "button", "event-listener"),
}
PART = 256 * 1024
LONGEST_XML = 100 * 1024 * 1024


def check_office_parts(archive: ZipFile) -> None:
    """Raises ValidationError with a German sentence. A plain archive has no such parts."""
    names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    if _is_open_document(archive, names):
        _check_open_document(archive, names)
    if CONTENT_TYPES in names:
        _check_office_open_xml(archive)


def _is_open_document(archive: ZipFile, names: set[str]) -> bool:
    if MANIFEST in names:
        return True
    if "mimetype" not in archive.namelist():
        return False
    with archive.open("mimetype") as opened:
        return opened.read(len(OPEN_DOCUMENT)) == OPEN_DOCUMENT


def _check_open_document(archive: ZipFile, names: set[str]) -> None:
    if any(MACRO_FOLDERS & set(name.split("/")[:-1]) for name in names):
        raise macros()
    for part in archive.namelist():
        if part.lower().endswith(("content.xml", "styles.xml")):
            for element, attributes in _elements(archive, part):
                target = attributes.get("href", "")
                if target.lower().startswith(MACRO_LINKS):
                    raise macros()
                _check_target(element, target)


def _check_office_open_xml(archive: ZipFile) -> None:
    for part in archive.namelist():
        name = part.lower()
        if name == CONTENT_TYPES:
            for _element, attributes in _elements(archive, part):
                if any(macro in attributes.get("contenttype", "").lower() for macro in MACRO_TYPES):
                    raise macros()
        elif name.endswith(".rels"):
            for _element, attributes in _elements(archive, part):
                kind = attributes.get("type", "").rpartition("/")[2].lower()
                if kind in MACRO_TYPES:
                    raise macros()
                _check_target(kind, attributes.get("target", ""))


def _check_target(kind: str, target: str) -> None:
    if kind not in CLICKED and lies_elsewhere(target):
        raise ValidationError(
            _(
                "Diese Datei lädt beim Öffnen etwas von anderer Stelle, zum Beispiel eine Vorlage oder ein Bild: "
                "„%(target)s“. Bitte fügen Sie es in die Datei ein, oder laden Sie sie als PDF hoch."
            ),
            code="fetches",
            params={"target": target[:200]},
        )


def lies_elsewhere(target: str) -> bool:
    r"""Whether another computer is asked: ``https://…``, ``\\server\…``, ``file://server/…``."""
    path = unquote(target).strip().replace("\\", "/").lower()
    scheme, _colon, rest = path.partition(":")
    if not rest or len(scheme) < 2 or "/" in scheme:  # a letter is a drive
        return path.startswith("//")
    if scheme != "file":
        return True
    return rest.startswith("//") and (not rest.startswith("///") or rest.startswith("////"))


def macros() -> ValidationError:
    return ValidationError(_("Diese Datei enthält Makros. Bitte speichern Sie sie ohne Makros."), code="macros")


@dataclass
class _Starts:
    """Keeps no tree: a long text has millions of elements."""

    found: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if attributes:
            self.found.append((_local(tag), {_local(key): value for key, value in attributes.items()}))


def _elements(archive: ZipFile, part: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Name and attributes, without name spaces, of the elements that have some."""
    starts = _Starts()
    parser: Any = DefusedXMLParser(target=starts)
    read = 0
    try:
        with archive.open(part) as opened:
            while content := opened.read(PART):
                if (read := read + len(content)) > LONGEST_XML:
                    raise _unreadable()
                parser.feed(content)
                yield from starts.found
                starts.found.clear()
            parser.close()
    except (ParseError, DefusedXmlException):
        raise _unreadable() from None


def _unreadable() -> ValidationError:
    return ValidationError(
        _("Ein Teil dieser Datei lässt sich nicht lesen. Bitte speichern Sie sie in Ihrem Programm neu."), code="xml"
    )


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()
