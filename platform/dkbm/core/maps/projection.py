"""From longitude and latitude to a flat picture."""

from __future__ import annotations

import math
from collections.abc import Callable

from .outlines import Point


def equal_area(middle: Point) -> Callable[[Point], Point]:
    """Lambert's azimuthal projection around ``middle``: areas stay true, as a coloured map needs it, and north is up.

    The second number grows downwards, as in SVG. Unit: the radius of the earth.
    """
    longitude, latitude = map(math.radians, middle)
    sine, cosine = math.sin(latitude), math.cos(latitude)

    def project(point: Point) -> Point:
        turn, height = math.radians(point[0]) - longitude, math.radians(point[1])
        east, north = math.cos(height) * math.sin(turn), math.sin(height)
        ahead = math.cos(height) * math.cos(turn)
        scale = math.sqrt(2 / (1 + sine * north + cosine * ahead))
        return scale * east, scale * (sine * ahead - cosine * north)

    return project
