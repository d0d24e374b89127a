"""SVG is a document that can run and fetch; as a picture it may do neither."""

from __future__ import annotations

import math
import re
from io import BytesIO
from xml.etree.ElementTree import Element, ElementTree, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from willow.svg import SvgWrapper, WillowSvgException

SVG = "{http://www.w3.org/2000/svg}svg"
FORBIDDEN = {
    *("script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"),
    *("animate", "animatemotion", "animatetransform", "set"),
}
_WITHIN = re.compile(r"\s*(#|data:image/(png|jpeg|gif|webp)[;,])", re.IGNORECASE)
_STYLE = re.compile(r"@import|expression\s*\(|javascript:|url\s*\((?!\s*[\"']?\s*#)", re.IGNORECASE)

DEEPEST = 200
"""So many elements lie within each other at most: whoever writes or copies the picture goes down one by one."""
LARGEST = 100_000
"""So many pixels are wide and high enough; the sides are numbers that our columns hold."""


def check_svg(content: bytes) -> None:
    """Raises ValidationError with a German sentence for what is no SVG, or none of any size, and for one that runs or
    fetches something."""
    try:
        root = _root_of(content)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        root = None
    if root is None or root.tag not in {SVG, "svg"}:
        raise ValidationError(
            _("Diese Datei heißt „.svg“, ist aber keine SVG-Datei. Bitte laden Sie das Original hoch."), code="content"
        )
    if not all(_is_still(element) for element in root.iter()):
        raise ValidationError(
            _(
                "Diese SVG-Datei enthält Skripte oder Verweise nach außen. Bitte speichern Sie sie ohne diese, oder "
                "laden Sie das Bild als PNG hoch."
            ),
            code="active",
        )
    if not _has_size(root):
        raise ValidationError(
            _(
                "Aus dieser SVG-Datei geht nicht hervor, wie groß das Bild ist. Bitte geben Sie in Ihrem Programm "
                "Breite und Höhe in Pixeln an, oder laden Sie das Bild als PNG hoch."
            ),
            code="size",
        )


def _root_of(content: bytes) -> Element | None:
    """Elements that lie too deep are not even read to the end."""
    depth, root = 0, None
    for event, element in iterparse(BytesIO(content), events=("start", "end")):
        root = element if root is None else root
        depth += 1 if event == "start" else -1
        if depth > DEEPEST:
            raise ValidationError(
                _("Diese SVG-Datei ist zu tief verschachtelt. Bitte laden Sie das Bild als PNG hoch."), code="depth"
            )
    return root


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
    name = _local(str(element.tag))
    if name in FORBIDDEN or (name == "style" and _STYLE.search("".join(element.itertext()))):
        return False
    return all(_is_still_attribute(_local(key), value) for key, value in element.attrib.items())


def _is_still_attribute(name: str, value: str) -> bool:
    if name.startswith("on") or _STYLE.search(value):
        return False
    return name not in {"href", "src"} or bool(_WITHIN.match(value)) or not value.strip()


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()
