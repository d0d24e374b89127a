"""Where something is: one district or a few, marked in the border of their Land, or a dot on a small Land in a list."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from .drawing import drawing_of
from .outlines import LAND

PICTURE = "maps/_place.html"
DOT = 14
"""Radius around a district too small to be seen where the map is as wide as a side column."""


@dataclass(frozen=True)
class PlaceMap:
    """``keys``: of the districts; ``label``: what is to be seen, for those who do not see it."""

    keys: frozenset[str]
    label: str

    @property
    def picture(self) -> SafeString:
        """The SVG; empty where no district has an outline."""
        return _picture(self)


@lru_cache(maxsize=512)
def _picture(place: PlaceMap) -> SafeString:
    """Kept by all that is to be seen on it."""
    drawing = drawing_of(place.keys)
    if drawing is None:
        return SafeString()
    context = {"drawing": drawing, "shapes": list(drawing.shapes.values()), "label": place.label, "dot": DOT}
    return SafeString(render_to_string(PICTURE, context).strip())


@dataclass(frozen=True)
class Spot:
    """The middle of a district in the outline of its ``land`` (two digits), which is ``width`` by ``height``."""

    land: str
    x: int
    y: int
    width: int
    height: int


@lru_cache(maxsize=512)
def spot_of(key: str) -> Spot | None:
    """``None``: the district has no outline."""
    drawing = drawing_of(frozenset({key}))
    if drawing is None:
        return None
    shape = drawing.shapes[key]
    return Spot(key[:LAND], shape.x, shape.y, drawing.width, drawing.height)
