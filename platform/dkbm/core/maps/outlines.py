"""Outlines of Germany's districts and cities, by their official key of five digits.

``districts.geojson`` is the file as it was handed over: VG250 of the BKG, reduced to some hundred metres so that
neighbours still share each point of their border. Its licence (dl-de/by-2-0) asks for the source beside every map:
the component ``map_source``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("districts.geojson")
LAND = 2
"""So many digits of a key say in which Land the district lies."""

Point = tuple[float, float]
Ring = tuple[Point, ...]
"""Longitude and latitude of each corner, the first one not said again at the end."""


@cache
def outlines() -> dict[str, tuple[Ring, ...]]:
    """Key -> its rings: parts, and holes in them."""
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    return {feature["properties"]["key"]: _rings(feature["geometry"]) for feature in features}


def laender(keys: Iterable[str]) -> frozenset[str]:
    """The Länder in which the districts lie, by the beginning of their keys."""
    return frozenset(key[:LAND] for key in keys)


def _rings(geometry: dict[str, Any]) -> tuple[Ring, ...]:
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    return tuple(tuple((x, y) for x, y in ring[:-1]) for part in parts for ring in part)
