"""Districts as they lie: every outline there, the right way round, true in its proportions, and small."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import pytest

from dkbm.core.maps.drawing import SIDE, Drawing, drawing_of
from dkbm.core.maps.outlines import FILE, outlines
from dkbm.core.maps.projection import equal_area
from tests.shared_data import SHARED

MOST_BYTES = 14_000
"""Of the paths of the largest Land but one, so that its map with names and links stays below 30 KB."""
STEP = re.compile(r"-?\d+")


def of_land(digits: str) -> frozenset[str]:
    return frozenset(key for key in outlines() if key.startswith(digits))


def drawn(keys: frozenset[str]) -> Drawing:
    drawing = drawing_of(keys)
    assert drawing is not None
    return drawing


def corners(path: str) -> list[list[tuple[int, int]]]:
    """The loops of a path, as a browser reads it."""
    loops = []
    for loop in re.findall(r"M(\d+ \d+)l([^z]+)z", path):
        x, y = map(int, loop[0].split())
        numbers = [int(number) for number in STEP.findall(loop[1])]
        points = [(x, y)]
        for right, down in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + right, y + down
            points.append((x, y))
        loops.append(points)
    return loops


def area(path: str) -> float:
    """Holes count against what is around them."""
    found = 0.0
    for loop in corners(path):
        found += sum(x * below - right * y for (x, y), (right, below) in pairwise([*loop, loop[0]]))
    return abs(found) / 2


def test_outlines_are_those_that_were_handed_over() -> None:
    original = SHARED / "districts.geojson"
    if not original.exists():
        pytest.skip(f"{original} is not here: nothing to compare with")
    assert FILE.read_bytes() == original.read_bytes()


def test_every_district_has_an_outline() -> None:
    features = json.loads(FILE.read_text(encoding="utf-8"))["features"]
    assert len(features) == len(outlines()) == 401
    assert all(len(ring) > 2 for rings in outlines().values() for ring in rings)


def test_map_of_niedersachsen_has_its_45_districts_and_is_small() -> None:
    drawing = drawn(of_land("03"))
    assert len(drawing.shapes) == 45
    assert sum(len(shape.path) for shape in drawing.shapes.values()) < MOST_BYTES
    assert max(drawing.width, drawing.height) == SIDE


def test_districts_lie_where_they_are() -> None:
    """Emden in the west, Göttingen in the south, Stade north of Hannover, Wolfsburg east of it."""
    shapes = drawn(of_land("03")).shapes
    emden, wolfsburg = shapes["03402"], shapes["03103"]
    stade, hannover, goettingen = shapes["03359"], shapes["03241"], shapes["03159"]
    assert emden.x < hannover.x < wolfsburg.x
    assert stade.y < hannover.y < goettingen.y


def test_areas_are_true_to_each_other() -> None:
    """By official figures: Emsland 2,884 km², Region Hannover 2,297, Heidekreis 1,881; of a plain grid of degrees the
    north would be too wide."""
    shapes = drawn(of_land("03")).shapes
    square_kilometres = {"03454": 2884, "03241": 2297, "03358": 1881, "03352": 2058, "03159": 1755}
    units = {key: area(shapes[key].path) / size for key, size in square_kilometres.items()}
    assert max(units.values()) / min(units.values()) == pytest.approx(1, abs=0.03)


def test_distances_are_true_in_both_directions() -> None:
    """A degree of latitude is 111.2 km everywhere, one of longitude 68.5 km at 52° north."""
    project = equal_area((10, 52))
    (_left, up), (_x, down) = project((10, 51.5)), project((10, 52.5))
    (left, _up), (right, _y) = project((9.5, 52)), project((10.5, 52))
    assert (right - left) / (up - down) == pytest.approx(68.5 / 111.2, abs=0.001)
    assert project((10, 52)) == pytest.approx((0, 0))


def test_single_districts_lie_in_the_border_of_their_land() -> None:
    drawing = drawn(frozenset({"09463", "09777"}))
    assert set(drawing.shapes) == {"09463", "09777"}
    whole = drawn(of_land("09"))
    assert whole.land == ""
    assert drawing.shapes["09777"] == whole.shapes["09777"]
    assert area(drawing.land) == pytest.approx(sum(area(shape.path) for shape in whole.shapes.values()), rel=0.01)


def test_border_of_a_land_leaves_out_what_lies_between_its_districts() -> None:
    drawing, whole = drawn(frozenset({"03159"})), drawn(of_land("03"))
    assert len(drawing.land) < 0.35 * sum(len(shape.path) for shape in whole.shapes.values())


def test_cities_that_are_hard_to_hit_are_known() -> None:
    shapes = drawn(of_land("03")).shapes
    small = {key for key, shape in shapes.items() if shape.is_small}
    assert small == {"03101", "03102", "03103", "03401", "03402", "03403", "03404", "03405"}


@pytest.mark.parametrize("keys", [frozenset(), frozenset({""}), frozenset({"99999", "DE"})])
def test_keys_without_an_outline_make_no_map(keys: frozenset[str]) -> None:
    assert drawing_of(keys) is None


def test_drawing_is_made_once() -> None:
    assert drawing_of(of_land("03")) is drawing_of(of_land("03"))
