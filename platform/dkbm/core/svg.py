"""SVG is a document that can run and fetch; as a picture it may do neither."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

SVG = "{http://www.w3.org/2000/svg}svg"
FORBIDDEN = {
    *("script", "foreignobject", "iframe", "embed", "object", "audio", "video", "handler", "listener"),
    *("animate", "animatemotion", "animatetransform", "set"),
}
_WITHIN = re.compile(r"\s*(#|data:image/(png|jpeg|gif|webp)[;,])", re.IGNORECASE)
_STYLE = re.compile(r"@import|expression\s*\(|javascript:|url\s*\((?!\s*[\"']?\s*#)", re.IGNORECASE)


def check_svg(content: bytes) -> None:
    """Raises ValidationError with a German sentence for what is no SVG, and for one that runs or fetches something."""
    try:
        root = ElementTree.fromstring(content)
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
