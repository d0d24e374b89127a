"""Fira Sans as typesetting takes it, in `build/printing/`: whole, for names of all of Europe, and not packed.

Beside the fonts stands which signs all of them have: what they cannot draw, no accessible PDF may hold.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

try:
    from fontTools.ttLib import TTFont
except ImportError:  # pragma: no cover - said in words by frontend.build()
    TTFont = None

CUTS = ("Regular", "Italic", "Medium", "SemiBold")
LETTERS = "letters.json"


def is_built(target: Path) -> bool:
    return (target / LETTERS).is_file()


def build(target: Path, package_path: Callable[[str], Path]) -> None:
    """``package_path(name)``: a file of an npm package. The list of signs comes last: then all is there."""
    target.mkdir(parents=True, exist_ok=True)
    (target / LETTERS).unlink(missing_ok=True)
    known: list[set[int]] = []
    for cut in CUTS:
        with TTFont(package_path(f"@kern-ux/native/dist/fonts/fira-sans/FiraSans-{cut}.woff2")) as font:
            font.flavor = None
            _save(font, target / f"FiraSans-{cut}.ttf")
            known.append(set(font.getBestCmap()))
    (target / LETTERS).write_text(json.dumps(_ranges(set.intersection(*known))))


def _save(font: TTFont, path: Path) -> None:
    """At once: a worker may be reading it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".new", delete=False) as new:
        font.save(new)
    made = Path(new.name)
    made.chmod(0o644)
    made.replace(path)


def _ranges(numbers: Iterable[int]) -> list[list[int]]:
    """1, 2, 3, 7 -> [[1, 3], [7, 7]]"""
    ranges: list[list[int]] = []
    for number in sorted(numbers):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ranges
