"""Sets of whole numbers kept as ranges, in PostgreSQL an ``int4multirange``: a thousand in a row take as little as one.

In Python a set is a tuple of ``range`` objects, ascending and with a gap between each two.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import Field, Func, Value

NumberRanges = tuple[range, ...]

_PART = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")


class NumberRangesField(Field):
    """A set of numbers; empty by default."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("default", ())
        super().__init__(*args, **kwargs)

    def db_type(self, connection: Any) -> str:
        return "int4multirange"

    def get_placeholder(self, value: Any, compiler: Any, connection: Any) -> str:
        return "%s::int4multirange"

    def get_prep_value(self, value: NumberRanges | None) -> str | None:
        if value is None:
            return None
        return "{" + ",".join(f"[{each.start},{each.stop})" for each in value) + "}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> NumberRanges | None:
        return None if value is None else tuple(range(each.lower, each.upper) for each in value)


class _Combined(Func):
    template = "(%(expressions)s)"
    output_field = NumberRangesField()

    def __init__(self, expression: Any, ranges: NumberRanges) -> None:
        super().__init__(expression, Value(ranges, output_field=NumberRangesField()))


class Without(_Combined):
    """``Without("unread", ranges)``: the set in the column but for these numbers."""

    arg_joiner = " - "


def read_ranges(text: str, *, most: int) -> NumberRanges:
    """``"3-7,9"`` as ranges, nothing above ``most``; what is no such text is left out."""
    found = [_PART.fullmatch(part.strip()) for part in text.split(",")]
    pairs = [(int(each[1]), int(each[2] or each[1])) for each in found if each]
    return merged(range(first, min(last, most) + 1) for first, last in pairs)


def written(ranges: NumberRanges) -> str:
    """The ranges as :func:`read_ranges` reads them."""
    return ",".join(f"{each.start}-{each.stop - 1}" if len(each) > 1 else str(each.start) for each in ranges)


def merged(ranges: Iterable[range]) -> NumberRanges:
    """The same numbers, ascending and without overlap."""
    joined: list[range] = []
    for each in sorted((each for each in ranges if each), key=lambda each: each.start):
        if joined and each.start <= joined[-1].stop:
            joined[-1] = range(joined[-1].start, max(joined[-1].stop, each.stop))
        else:
            joined.append(each)
    return tuple(joined)


def holds(ranges: NumberRanges, number: int) -> bool:
    """Whether the number is in the set."""
    return any(number in each for each in ranges)
