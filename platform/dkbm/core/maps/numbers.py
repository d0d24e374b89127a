"""Where numbers stand on a map: in the middle of their districts, but none upon another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

APART = 38
"""Middles of two numbers, in units of the picture: their circles do not touch, on a phone either."""
ROUNDS = 40


@dataclass
class Number:
    x: float
    y: float
    value: int

    @property
    def left(self) -> int:
        return round(self.x)

    @property
    def top(self) -> int:
        return round(self.y)


@lru_cache(maxsize=64)
def spread(numbers: tuple[tuple[int, int, int], ...]) -> tuple[Number, ...]:
    """``numbers``: middle of the district and its number. A city within its district pushes that one's number aside."""
    spots = [Number(x, y, value) for x, y, value in numbers]
    for _round in range(ROUNDS):
        near = [pair for pair in combinations(spots, 2) if math.dist(_middle(pair[0]), _middle(pair[1])) < APART]
        if not near:
            break
        for one, other in near:
            _push(one, other)
    return tuple(spots)


def _middle(number: Number) -> tuple[float, float]:
    return number.x, number.y


def _push(one: Number, other: Number) -> None:
    """Half of what is missing, to both sides; what stands upon each other goes left and right."""
    distance = math.dist(_middle(one), _middle(other))
    across, down = ((one.x - other.x) / distance, (one.y - other.y) / distance) if distance else (-1.0, 0.0)
    half = (APART - distance) / 2 + 0.5
    one.x, one.y = one.x + across * half, one.y + down * half
    other.x, other.y = other.x - across * half, other.y - down * half
