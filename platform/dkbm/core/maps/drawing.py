"""Outlines as paths of one picture, small enough to stand in a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from .outlines import LAND, Point, Ring, laender, outlines
from .projection import equal_area

SIDE = 500
"""Units of the longer side. Numbers are whole: one unit is less than a pixel on most screens."""
TARGET = 36
"""What is narrower is hard to hit: 24 pixels where the map is 340 wide. On a phone the list beside it is the way."""
SPECK = 500
"""What is so many times smaller than the main part cannot be seen in a sign."""

Corner = tuple[int, int]
Loop = list[Corner]


@dataclass(frozen=True)
class Shape:
    """A district: its path; its middle, ``x`` and ``y``; and whether it needs a larger target around that."""

    path: str
    x: int
    y: int
    is_small: bool


@dataclass(frozen=True)
class Drawing:
    """``shapes`` by key; ``land``: border of the Länder around them, empty where the districts are all of those."""

    width: int
    height: int
    shapes: Mapping[str, Shape]
    land: str


@lru_cache(maxsize=256)
def drawing_of(keys: frozenset[str]) -> Drawing | None:
    """The districts, in the middle of their Länder. ``None``: none of the keys has an outline.

    Kept for as long as the process lives, as the outlines are: nothing but public keys goes in.
    """
    wanted = keys & outlines().keys()
    if not wanted:
        return None
    ground = _ground(laender(wanted))
    return Drawing(
        width=ground.width,
        height=ground.height,
        shapes={key: _shape(ground.loops[key]) for key in sorted(wanted)},
        land="" if ground.loops.keys() == wanted else ground.border_path,
    )


@dataclass(frozen=True)
class _Ground:
    """All districts of some Länder as loops of one picture; ``border``: what lies around all of them."""

    width: int
    height: int
    loops: Mapping[str, list[Loop]]

    @cached_property
    def border(self) -> list[Loop]:
        return _border(self.loops.values())

    @cached_property
    def border_path(self) -> str:
        return _path(self.border)


@lru_cache(maxsize=32)
def _ground(laender: frozenset[str]) -> _Ground:
    """Made once for all drawings of the same Länder: it walks along every border."""
    loops = _flat({key: rings for key, rings in outlines().items() if key[:LAND] in laender})
    width, height = _size_of(loop for district in loops.values() for loop in district)
    return _Ground(width, height, loops)


def _size_of(loops: Iterable[Iterable[Corner]]) -> tuple[int, int]:
    corners = [corner for loop in loops for corner in loop]
    return max(x for x, _y in corners), max(y for _x, y in corners)


@dataclass(frozen=True)
class Land:
    """The Länder around some districts as one outline, without the districts' own borders."""

    width: int
    height: int
    loops: tuple[tuple[Corner, ...], ...]

    @cached_property
    def path(self) -> str:
        return _path(list(loop) for loop in self.loops)


def land_of(keys: frozenset[str]) -> Land | None:
    """For signs: small parts are left out. ``None``: none of the keys has an outline."""
    wanted = keys & outlines().keys()
    return _land(laender(wanted)) if wanted else None


@lru_cache(maxsize=32)
def _land(laender: frozenset[str]) -> Land:
    border = _ground(laender).border
    largest = max(map(_size, border))
    loops = tuple(tuple(loop) for loop in border if _size(loop) * SPECK > largest)
    return Land(*_size_of(loops), loops)


def _flat(rings: Mapping[str, Iterable[Ring]]) -> dict[str, list[Loop]]:
    """Every outline in units of the picture, its left upper corner at 0."""
    points = [point for each in rings.values() for ring in each for point in ring]
    project = equal_area(_middle(points))
    placed = [project(point) for point in points]
    left, top = min(x for x, _y in placed), min(y for _x, y in placed)
    widest = max(max(x for x, _y in placed) - left, max(y for _x, y in placed) - top)

    def corner(point: Point) -> Corner:
        x, y = project(point)
        return round((x - left) / widest * SIDE), round((y - top) / widest * SIDE)

    return {key: [loop for ring in each if (loop := _loop(map(corner, ring)))] for key, each in rings.items()}


def _middle(points: list[Point]) -> Point:
    """Of the box around them; corners lie denser where a border winds."""
    longitudes, latitudes = zip(*points, strict=True)
    return (min(longitudes) + max(longitudes)) / 2, (min(latitudes) + max(latitudes)) / 2


def _loop(corners: Iterable[Corner]) -> Loop:
    """Without corners that fell together; empty where nothing is left to fill, as of a sandbank."""
    loop: Loop = []
    for corner in corners:
        if not loop or loop[-1] != corner:
            loop.append(corner)
    if len(loop) > 1 and loop[0] == loop[-1]:
        loop.pop()
    return loop if len(loop) > 2 else []


def _shape(loops: list[Loop]) -> Shape:
    """The middle is that of the largest part: islands lie far out."""
    main = max(loops, key=_size)
    xs, ys = [x for x, _y in main], [y for _x, y in main]
    small = min(max(xs) - min(xs), max(ys) - min(ys)) < TARGET
    return Shape(_path(loops), (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2, small)


def _size(loop: Loop) -> int:
    return abs(sum(x * below - right * y for (x, y), (right, below) in zip(loop, [*loop[1:], loop[0]], strict=True)))


def _path(loops: Iterable[Loop]) -> str:
    """SVG's shortest: one absolute corner a loop, then steps, without a space before a minus."""
    return "".join(f"M{loop[0][0]} {loop[0][1]}l{_steps(loop)}z" for loop in loops)


def _steps(loop: Loop) -> str:
    moves = [(x - left, y - top) for (left, top), (x, y) in pairwise(loop)]
    return " ".join(str(number) for move in moves for number in move).replace(" -", "-")


def _border(districts: Iterable[list[Loop]]) -> list[Loop]:
    """What lies around all of them. A border between two is walked once in each direction, and is left out."""
    edges: Counter[tuple[Corner, Corner]] = Counter()
    for loops in districts:
        for loop in loops:
            for start, end in zip(loop, [*loop[1:], loop[0]], strict=True):
                if edges[end, start]:
                    edges[end, start] -= 1
                else:
                    edges[start, end] += 1
    return _joined(list(edges.elements()))


def _joined(edges: list[tuple[Corner, Corner]]) -> list[Loop]:
    onwards: dict[Corner, list[Corner]] = {}
    for start, end in edges:
        onwards.setdefault(start, []).append(end)
    loops = []
    while onwards:
        start = corner = next(iter(onwards))
        loop = []
        while corner in onwards:
            loop.append(corner)
            ends = onwards[corner]
            following = ends.pop()
            if not ends:
                del onwards[corner]
            corner = following
            if corner == start:
                break
        loops.append(loop)
    return [loop for loop in loops if len(loop) > 2]
