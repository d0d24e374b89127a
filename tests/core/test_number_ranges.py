"""Sets of numbers as ranges: what an address says, and what the database makes of them."""

from __future__ import annotations

import pytest

from dkbm.core.number_ranges import NumberRanges, holds, merged, read_ranges, written


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("", ()),
        ("3", (range(3, 4),)),
        ("3-7,9", (range(3, 8), range(9, 10))),
        ("9, 3-7 ,8", (range(3, 10),)),
        ("2-4,3-9", (range(2, 10),)),
        ("9-99,200", (range(9, 21),)),
        ("7-3,-2,2-,x,²,1-2-3,12345678901", ()),
    ],
)
def test_ranges_are_read_from_an_address(text: str, ranges: NumberRanges) -> None:
    assert read_ranges(text, most=20) == ranges


def test_what_is_written_is_read_again() -> None:
    ranges = merged([range(9, 10), range(1, 4), range(4, 6), range(7, 7)])
    assert ranges == (range(1, 6), range(9, 10))
    assert written(ranges) == "1-5,9"
    assert read_ranges(written(ranges), most=20) == ranges


def test_numbers_are_found_in_ranges() -> None:
    ranges = (range(1, 3), range(5, 6))
    assert [number for number in range(8) if holds(ranges, number)] == [1, 2, 5]
