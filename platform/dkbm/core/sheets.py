"""Tables as files for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from .text import seen_text

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "＝", "＋", "－", "＠")


def safe_cell(value: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{value}" if value.lstrip().startswith(FORMULA_STARTS) or value.startswith(FORMULA_STARTS) else value


def write_sheet(rows: Iterable[Sequence[str]]) -> bytes:
    """Semicolons and a byte order mark, as German spreadsheets expect them."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([safe_cell(seen_text(cell)) for cell in row])
    return out.getvalue().encode("utf-8-sig")
