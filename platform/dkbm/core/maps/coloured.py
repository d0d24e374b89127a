"""A map whose districts are coloured by a number, in steps that its legend names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .drawing import TARGET, Drawing, Shape, drawing_of
from .numbers import Number, spread

STEPS = 3
"""More tones of one colour nobody tells apart."""
FIGURE = "maps/_figure.html"


@dataclass(frozen=True)
class Unit:
    """What is counted: "Beispiel", "Beispiele", "kein Beispiel"."""

    one: str
    many: str
    none: str

    def counted(self, low: int, high: int | None = None) -> str:
        """ "1 Beispiel", "3 Beispiele", "2 bis 4 Beispiele"."""
        if high is not None and high != low:
            return _("%(low)s bis %(high)s %(many)s") % {"low": low, "high": high, "many": self.many}
        return f"{low} {self.one if low == 1 else self.many}" if low else self.none


@dataclass(frozen=True)
class Area:
    """A district with a number. ``key``: official, of five digits; maybe without an outline of its own. ``url``: where
    what is counted can be seen; empty where there is nothing, which makes it no link."""

    key: str
    name: str
    url: str
    value: int


@dataclass(frozen=True)
class Step:
    """A line of the legend: a tone, 0 for nothing, what it stands for, and how many districts have it."""

    tone: int
    label: str
    areas: int


@dataclass(frozen=True)
class DrawnArea:
    area: Area
    shape: Shape
    step: int
    label: str


@dataclass(frozen=True)
class ColouredMap:
    """``title``: what is to be seen, for the table's head and for those who do not see it. ``list_label``: opens the
    table. ``id``: of the map on its page."""

    title: str
    list_label: str
    areas: tuple[Area, ...]
    unit: Unit
    id: str = "karte"

    @cached_property
    def drawn(self) -> list[DrawnArea]:
        """In the order given, but what is hard to hit lies on top of what is around it and therefore comes last."""
        shapes = self.drawing.shapes if self.drawing else {}
        first: dict[str, Area] = {}
        for area in self.areas:
            if area.key in shapes:
                first.setdefault(area.key, area)
        ranges = _ranges(max((area.value for area in first.values()), default=0))
        drawn = [
            DrawnArea(area, shapes[key], _tone(area.value, ranges), f"{area.name}: {self.unit.counted(area.value)}")
            for key, area in first.items()
        ]
        return sorted(drawn, key=lambda each: each.shape.is_small)

    @property
    def undrawn(self) -> list[Area]:
        """Without an outline, or with one that stands for another already: they are in the table alone."""
        drawn = {each.area for each in self.drawn}
        return [area for area in self.areas if area not in drawn]

    @property
    def steps(self) -> list[Step]:
        """The tones that occur on the map, the lowest first."""
        found: dict[int, list[int]] = {}
        for each in self.drawn:
            found.setdefault(each.step, []).append(each.area.value)
        return [
            Step(tone, self.unit.counted(min(values), max(values)), len(values))
            for tone, values in sorted(found.items())
        ]

    @property
    def total(self) -> int:
        return sum(area.value for area in self.areas)

    @cached_property
    def drawing(self) -> Drawing | None:
        """``None``: no district has an outline, there is nothing but the table."""
        return drawing_of(frozenset(area.key for area in self.areas))

    @property
    def numbers(self) -> tuple[Number, ...]:
        """What is to be written on the map, each beside the others."""
        return spread(tuple((each.shape.x, each.shape.y, each.area.value) for each in self.drawn if each.area.value))

    @property
    def figure(self) -> SafeString:
        """Picture, legend and table."""
        return _figure(self)


@lru_cache(maxsize=256)
def _figure(coloured: ColouredMap) -> SafeString:
    """Kept by all that is to be seen on it: another network, name, address or number is another figure."""
    context = {"coloured": coloured, "target": TARGET // 2}
    return SafeString(render_to_string(FIGURE, context).strip())


def _ranges(highest: int) -> dict[int, tuple[int, int]]:
    """Tone -> from where to where; ranges of one width, and the highest number has the strongest tone."""
    tones = min(highest, STEPS)
    ranges, low = {0: (0, 0)}, 1
    for number in range(1, tones + 1):
        high = round(highest * number / tones)
        ranges[STEPS - tones + number] = (low, high)
        low = high + 1
    return ranges


def _tone(value: int, ranges: dict[int, tuple[int, int]]) -> int:
    return next(tone for tone, (low, high) in ranges.items() if low <= value <= high)
