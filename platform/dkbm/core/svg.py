"""SVG is a document that can run and fetch; as a picture it may do neither. Pictures within it are photos too."""

from __future__ import annotations

import base64
import math
import re
from collections.abc import Callable
from io import BytesIO
from urllib.parse import unquote_to_bytes
from xml.etree.ElementTree import Element, ElementTree, ParseError, tostring

from defusedxml.common import DefusedXmlException, DTDForbidden
from defusedxml.ElementTree import DefusedXMLParser, iterparse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from willow.svg import SvgWrapper, WillowSvgException

SVG = "{http://www.w3.org/2000/svg}svg"
FORBIDDEN = {
    *("script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"),
    *("animate", "animatecolor", "animatemotion", "animatetransform", "set"),
}
FOREIGN = ("{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/1998/Math/MathML}")
"""What is of these, a browser draws as in a page: it refreshes, links and loads by many names."""
_STYLESHEETS = {"xml-stylesheet", "xml-stylesheet-parameter"}
_EMBEDDED = re.compile(r"\s*data:image/(?:png|jpe?g|gif|webp)[;,]", re.IGNORECASE)
_STYLE = re.compile(
    r"@import|expression\s*\(|javascript:|url\s*\((?!\s*[\"']?\s*#)|(?:image|image-set|cross-fade|\bsrc)\(",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(\D)", re.IGNORECASE)
"""How a style sheet may spell any sign: ``\\75rl(`` is ``url(``."""
_KNOWN_TYPES = ("http://www.w3.org/", "https://www.w3.org/")

DEEPEST = 200
"""So many elements lie within each other at most: whoever writes or copies the picture goes down one by one."""
LARGEST = 100_000
"""So many pixels are wide and high enough; the sides are numbers that our columns hold."""


Clean = Callable[[bytes], bytes]
"""Takes what the camera wrote out of a picture of any kind. Raises ``ValueError`` for what is none."""


class _Parser(DefusedXMLParser):
    """Drawing programs write where the type is described, and nothing fetches that; what the file itself adds to the
    type, or where another one is described, is refused."""

    def __init__(self) -> None:
        super().__init__(forbid_dtd=True)

    def defused_start_doctype_decl(self, name: str, sysid: str | None, pubid: str | None, inner: int) -> None:
        if inner or not (sysid or _KNOWN_TYPES[0]).startswith(_KNOWN_TYPES):
            raise DTDForbidden(name, sysid, pubid)


def take_svg(content: bytes, clean: Clean) -> bytes:
    """Byte by byte as it came, but for pictures that have been cleaned. Raises ValidationError with a German sentence
    for what is no SVG, or none of any size, and for one that runs or fetches something."""
    try:
        root = _root_of(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        root = None
    if root is None or root.tag not in {SVG, "svg"}:
        raise ValidationError(
            _("Diese Datei heißt „.svg“, ist aber keine SVG-Datei. Bitte laden Sie das Original hoch."), code="content"
        )
    if not all(_is_still(element) for element in root.iter()):
        raise _active()
    if not _has_size(root):
        raise ValidationError(
            _(
                "Aus dieser SVG-Datei geht nicht hervor, wie groß das Bild ist. Bitte geben Sie in Ihrem Programm "
                "Breite und Höhe in Pixeln an, oder laden Sie das Bild als PNG hoch."
            ),
            code="size",
        )
    cleaned = [_clean_pictures(element, clean) for element in root.iter()]
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) if any(cleaned) else content


def _root_of(content: bytes) -> Element | None:
    """Elements that lie too deep are not even read to the end."""
    depth, root = 0, None
    for event, element in iterparse(BytesIO(content), events=("start", "end", "pi"), parser=_Parser()):
        if event == "pi":
            if str(element.text).split(None, 1)[0].lower() in _STYLESHEETS:
                raise _active()
            continue
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise ValidationError(
                _("Diese SVG-Datei ist zu tief verschachtelt. Bitte laden Sie das Bild als PNG hoch."), code="depth"
            )
    return root


def _active() -> ValidationError:
    return ValidationError(
        _(
            "Diese SVG-Datei enthält Skripte oder Verweise nach außen. Bitte speichern Sie sie ohne diese, oder "
            "laden Sie das Bild als PNG hoch."
        ),
        code="active",
    )


def _has_size(root: Element) -> bool:
    """Whether Wagtail's library can read it, and cut and shrink it; asked of a copy in which its sides stand."""
    try:
        drawn = SvgWrapper(ElementTree(root))
        sides = drawn.width, drawn.height, drawn.view_box.width, drawn.view_box.height
    except (WillowSvgException, ValueError, LookupError, TypeError, OverflowError):
        return False
    return all(math.isfinite(side) for side in (*drawn.view_box, *sides)) and _fits(*sides)


def _fits(width: float, height: float, drawn_width: float, drawn_height: float) -> bool:
    """What is drawn within the picture may be of any scale, but neither nothing nor beyond numbers."""
    shown = all(1 <= side <= LARGEST for side in (width, height))
    return shown and all(1 / LARGEST <= side <= LARGEST**2 for side in (drawn_width, drawn_height))


def _is_still(element: Element) -> bool:
    tag = str(element.tag)
    name = _local(tag)
    if name in FORBIDDEN or tag.startswith(FOREIGN) or (name == "style" and _fetches("".join(element.itertext()))):
        return False
    return all(_is_still_attribute(key, value) for key, value in element.attrib.items())


def _is_still_attribute(key: str, value: str) -> bool:
    """``base`` says from where ``#a`` is meant. Any attribute of SVG's own may be a style, but none of a program's."""
    own, name = "}" not in key, _local(key)
    if name.startswith("on") or name == "base" or (own and _fetches(value)):
        return False
    within = value.strip().startswith("#") or _EMBEDDED.match(value)
    return name not in {"href", "src"} or bool(within) or not value.strip()


def _fetches(style: str) -> bool:
    return bool(_STYLE.search(style) or _STYLE.search(_ESCAPED.sub(_spelt, style)))


def _spelt(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16) if escaped[1] else ord(escaped[2])
    return chr(code) if 0 < code < 0x110000 else "\ufffd"


def _clean_pictures(element: Element, clean: Clean) -> bool:
    """Whether there was something to be cleaned. Of what kind a picture is, its bytes say, as for a browser."""
    changed = False
    for key, value in element.attrib.items():
        if _EMBEDDED.match(value):
            try:
                content = _embedded(value)
                bare = clean(content)
            except ValueError:
                raise ValidationError(
                    _(
                        "In dieser SVG-Datei steckt ein Bild, das sich nicht lesen lässt. Bitte nehmen Sie es heraus, "
                        "oder laden Sie alles als PNG hoch."
                    ),
                    code="embedded",
                ) from None
            if bare != content:
                head = value.partition(",")[0].partition(";")[0].strip()
                element.set(key, f"{head};base64,{base64.b64encode(bare).decode()}")
                changed = True
    return changed


def _embedded(value: str) -> bytes:
    """Raises ``ValueError``."""
    head, _comma, body = value.partition(",")
    content = unquote_to_bytes(body)
    return base64.b64decode(b"".join(content.split())) if head.strip().lower().endswith(";base64") else content


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()
