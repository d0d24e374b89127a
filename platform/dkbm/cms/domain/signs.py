"""A network's sign, where it has no logo: the outline of its Land on the accent, or a letter before it has a Land."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO

from django.contrib.staticfiles import finders
from PIL import Image, ImageDraw, ImageFont

from dkbm.cms.frame import districts
from dkbm.core.maps.drawing import Land, land_of
from dkbm.tenancy.context import require_network

SHARE = 0.72
"""Of the sign's width or height that is drawn upon."""
SMOOTH = 4
"""So many times larger it is drawn before it is made small."""


@dataclass(frozen=True)
class Sign:
    """``accent``: a checked colour. ``land``: none, the letter stands there."""

    letter: str
    accent: str
    land: Land | None

    @property
    def transform(self) -> str:
        """Of the Land's path, in a picture 100 units wide and high."""
        assert self.land
        scale, left, top = _placed(self.land, 100)
        return f"translate({left:.1f} {top:.1f}) scale({scale:.4f})"

    def drawn(self, size: int) -> Image.Image:
        """``size`` pixels wide and high, without round corners: devices cut them themselves."""
        side = size * SMOOTH
        picture = Image.new("RGB", (side, side), self.accent)
        draw = ImageDraw.Draw(picture)
        if self.land is None:
            draw.text((side / 2, side / 2), self.letter, font=font(round(side * 0.6)), fill="#ffffff", anchor="mm")
        else:
            scale, left, top = _placed(self.land, side)
            for loop in self.land.loops:
                draw.polygon([(x * scale + left, y * scale + top) for x, y in loop], fill="#ffffff")
        return picture.resize((size, size), Image.Resampling.LANCZOS)


def network_sign(accent: str) -> Sign:
    """The bound network's; one query."""
    return Sign(first_letter(require_network().short_name), accent, land_of(districts()))


def first_letter(name: str) -> str:
    """The first letter or digit of the name, never a bracket."""
    return next((sign.upper() for sign in name if sign.isalnum()), "N")


def png(picture: Image.Image) -> bytes:
    out = BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


@lru_cache(16)
def font(size: int) -> ImageFont.FreeTypeFont:
    """Fira Sans, half bold."""
    path = finders.find("vendor/fonts/fira-sans-600.woff2")
    assert isinstance(path, str), "The front end has not been built: make run does that."
    return ImageFont.truetype(path, size)


def _placed(land: Land, side: float) -> tuple[float, float, float]:
    """Scale, left and top: in the middle of a square."""
    scale = side * SHARE / max(land.width, land.height)
    return scale, (side - land.width * scale) / 2, (side - land.height * scale) / 2
