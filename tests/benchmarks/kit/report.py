"""Tables on standard output, as Markdown, and the same as JSON in `build/benchmarks`."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tests.benchmarks.kit.services import FOLDER, SIZES

Row = Mapping[str, Any]


def arguments(description: str, samples: int) -> argparse.ArgumentParser:
    """What all benchmarks can be told."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, help="posts of the networks")
    parser.add_argument("--samples", type=int, default=samples)
    return parser


def show(rows: Sequence[Row]) -> None:
    """Columns are all keys of the rows, in the order in which they come."""
    columns = list(dict.fromkeys(key for row in rows for key in row))
    lines = [columns, ["---"] * len(columns), *([_cell(row.get(column)) for column in columns] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(columns))]
    for first, *numbers in lines:
        cells = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True))]
        print(f"| {' | '.join(cells)} |")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def keep(name: str, rows: Sequence[Row]) -> None:
    """Writes `build/benchmarks/NAME.json`, with what else was going on."""
    load = os.getloadavg()[0]
    content = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "load": load,
        "rows": list(rows),
    }
    path = FOLDER / f"{name}.json"
    path.write_text(json.dumps(content, indent=1))
    print(f"\nWritten to {path}; load of the machine at the end: {load:.1f} on {os.cpu_count()} cores.")
