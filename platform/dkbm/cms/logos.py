"""Whether a picture can be a logo: beside the network's name, as high as two lines, on light ground."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

from dkbm.cms.contrast import WHITE, contrast_ratio, to_hex

if TYPE_CHECKING:
    from django.db.models.fields.files import FieldFile
    from wagtail.images.models import AbstractImage

WIDEST, HIGHEST = 8, 3
"""So many times as wide as high, and as high as wide."""
LOOKED_AT = 48
LEAST_CONTRAST, LEAST_SHARE = 1.5, 0.04
"""So many of the pixels that are not seen through must stand out from white."""


def check_logo(image: AbstractImage) -> None:
    """Raises ValidationError with a German sentence."""
    width, height = image.width, image.height
    if width > WIDEST * height or height > HIGHEST * width:
        raise ValidationError(
            _(
                "Dieses Bild (%(width)d × %(height)d Pixel) ist zu schmal für ein Logo: Im Kopf der Seiten bliebe "
                "davon ein Strich. Bitte wählen Sie eines, das höchstens achtmal so breit wie hoch ist."
            )
            % {"width": width, "height": height}
        )
    if _is_faint(image.file):
        raise ValidationError(
            _("Dieses Logo ist auf weißem Grund nicht zu erkennen. Bitte wählen Sie eine Fassung für hellen Grund.")
        )


def _is_faint(file: FieldFile) -> bool:
    """Not of an SVG, nor of what cannot be read: pages do without that anyway."""
    try:
        with file.open("rb") as opened, Image.open(opened) as image:
            image.draft(None, (LOOKED_AT, LOOKED_AT))
            image.thumbnail((LOOKED_AT, LOOKED_AT))
            colours = image.convert("RGBA").getcolors(LOOKED_AT**2) or []
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    seen = [(number, rgb) for number, (*rgb, alpha) in colours if alpha > 127]  # type: ignore[misc]
    strong = sum(number for number, rgb in seen if _ratio_to_white(rgb) >= LEAST_CONTRAST)
    return strong <= sum(number for number, _rgb in seen) * LEAST_SHARE


def _ratio_to_white(rgb: list[int]) -> float:
    return contrast_ratio(to_hex(tuple(part / 255 for part in rgb)), WHITE)
