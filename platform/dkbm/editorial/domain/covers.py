"""Covers of issues: a picture, or one number of the issue, drawn.

A part of a whole is cells of which some are full; few are a ring around a middle; many are dots.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from dkbm.cms.showing import ShownPicture, picture_of
from dkbm.editorial.models import BlickpunktPage

SIDE = 200
FEW = 12
"""More would touch in a ring."""
EDGE, GAP = 6, 7
ECKPUNKTE = 6


@dataclass(frozen=True)
class Dot:
    """``sign``: of ``icons.svg``, drawn in it; ``corner``: where that begins."""

    x: int
    y: int
    radius: int
    full: bool = True
    sign: str = ""

    @property
    def corner(self) -> tuple[int, int]:
        return self.x - 14, self.y - 14


@dataclass(frozen=True)
class Cell:
    x: int
    y: int
    width: int
    height: int
    full: bool


@dataclass(frozen=True)
class Drawing:
    """``lines``: a path behind the dots."""

    dots: tuple[Dot, ...] = ()
    cells: tuple[Cell, ...] = ()
    lines: str = ""


@dataclass(frozen=True)
class Cover:
    """``title``: what stands before a dash, as on a printed title. ``drawing``: where there is no ``picture``."""

    series: str
    year: int
    title: str
    picture: ShownPicture | None
    drawing: Drawing | None


def cover_of(issue: BlickpunktPage, *, chapters: int) -> Cover:
    """``chapters``: their number is drawn for an issue that names none."""
    picture = picture_of(issue.cover, alt=issue.cover_alt)
    return Cover(
        series=issue.series or "Blickpunkt",
        year=issue.year,
        title=issue.title.split(" – ")[0],
        picture=picture,
        drawing=None if picture else _drawing(issue, chapters),
    )


def _drawing(issue: BlickpunktPage, chapters: int) -> Drawing:
    if issue.cover_number and issue.cover_whole:
        return share(issue.cover_number, issue.cover_whole)
    if issue.cover_number and issue.cover_number > FEW:
        return many(issue.cover_number)
    return ring(issue.cover_number or min(max(chapters, 3), FEW), signs=issue.cover_number == ECKPUNKTE)


@lru_cache(maxsize=64)
def share(part: int, whole: int) -> Drawing:
    """As many cells as the whole, the first of them full."""
    columns = _columns(whole, wide=1.6)
    rows = math.ceil(whole / columns)
    width, height = _size(columns), min(_size(rows), _size(columns))
    top = (SIDE - rows * height - (rows - 1) * GAP) // 2
    return Drawing(
        cells=tuple(
            Cell(EDGE + place % columns * (width + GAP), top + place // columns * (height + GAP), width, height,
                 place < part)
            for place in range(whole)
        )
    )  # fmt: skip


@lru_cache(maxsize=64)
def many(number: int) -> Drawing:
    """As many dots, in lines."""
    columns = _columns(number, wide=1)
    rows = math.ceil(number / columns)
    step = (SIDE - 2 * EDGE) // max(columns, rows)
    left, top = ((SIDE - lines * step) // 2 + step // 2 for lines in (columns, rows))
    radius = max(round(step * 0.3), 2)
    return Drawing(
        dots=tuple(Dot(left + place % columns * step, top + place // columns * step, radius) for place in range(number))
    )


@lru_cache(maxsize=32)
def ring(number: int, *, signs: bool = False) -> Drawing:
    """As many dots around a middle, joined with it and with each other."""
    middle, far = SIDE // 2, 68
    radius = 24 if number <= ECKPUNKTE else 14
    turns = [2 * math.pi * place / number - math.pi / 2 for place in range(number)]
    corners = [(round(middle + far * math.cos(turn)), round(middle + far * math.sin(turn))) for turn in turns]
    spokes = "".join(f"M{middle} {middle}L{x} {y}" for x, y in corners)
    around = "M" + "L".join(f"{x} {y}" for x, y in corners) + "z"
    dots = [
        Dot(x, y, radius, sign=f"eckpunkt-{place}" if signs else "") for place, (x, y) in enumerate(corners, start=1)
    ]
    return Drawing(dots=(*dots, Dot(middle, middle, 12, full=False)), lines=spokes + around)


def _columns(number: int, *, wide: float) -> int:
    """So that all fill about a square, each ``wide`` times as wide as it is high, with a full last line if they can."""
    best = math.sqrt(number / wide)
    even = [columns for columns in range(1, number + 1) if number % columns == 0 and abs(columns - best) < best / 4]
    return min(even, key=lambda columns: abs(columns - best), default=max(math.ceil(best), 1))


def _size(number: int) -> int:
    return max((SIDE - 2 * EDGE - (number - 1) * GAP) // number, 2)
