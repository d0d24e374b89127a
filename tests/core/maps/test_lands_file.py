"""The outlines that spots stand upon: one file for all pages, drawn from the districts."""

from __future__ import annotations

import os

from dkbm.core.maps.drawing import land_of
from dkbm.core.maps.outlines import outlines
from tests.themes.source import STATIC

FILE = STATIC / "lands.svg"


def drawn() -> str:
    """A symbol for each Land, by the two digits with which its keys begin."""
    one_of_each = {key[:2]: key for key in outlines()}
    found = {land: land_of(frozenset({key})) for land, key in sorted(one_of_each.items())}
    symbols = (
        f'<symbol id="land-{land}" overflow="visible"><path d="{drawing.path}"/></symbol>\n'
        for land, drawing in found.items()
        if drawing
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'


def test_file_holds_the_outline_of_each_land_as_it_is_drawn() -> None:
    if os.environ.get("UPDATE") == "1":
        FILE.write_text(drawn(), encoding="utf-8")
    assert FILE.read_text(encoding="utf-8") == drawn(), "UPDATE=1 .venv/bin/pytest tests/core/maps/test_lands_file.py"
