"""A spreadsheet (XLSX) as a template for a network's examples, and what was filled into it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.datavalidation import DataValidation

from dkbm.core.text import german_slug, one_line, sort_key
from dkbm.imports.domain.columns import COLUMNS, FIRST_ROW, HEADINGS, LISTS, MOST_ROWS, SHEET, Column
from dkbm.imports.mending import names_in, read_as_far_as_possible
from dkbm.imports.problems import Problem, name_of
from dkbm.imports.reading import Read
from dkbm.imports.schemas import CatalogueFile

KEY = "transfergegenstaende"
Row = tuple[int, dict[str, str]]
"""Line, and cells by heading."""
Choices = dict[str, dict[str, str]]
"""Name of a list -> slug -> name."""


def write_template(path: Path, choices: Choices) -> None:
    """Headings, a line of help, lists to choose from. Nothing of it is a macro or a formula."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = SHEET
    for number, column in enumerate(COLUMNS, 1):
        sheet.cell(HEADINGS, number, column.heading).font = Font(bold=True)
        sheet.cell(HEADINGS + 1, number, column.help).font = Font(italic=True)
        sheet.cell(HEADINGS + 1, number).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    sheet.freeze_panes = f"B{FIRST_ROW}"
    places = _write_lists(book, choices)
    for number, column in enumerate(COLUMNS, 1):
        if column.choice and not column.many:
            letter = get_column_letter(number)
            offered = DataValidation(type="list", formula1=places[column.choice], allow_blank=True)
            offered.add(f"{letter}{FIRST_ROW}:{letter}{FIRST_ROW + MOST_ROWS}")
            sheet.add_data_validation(offered)
    book.save(path)


def _write_lists(book: Workbook, choices: Choices) -> dict[str, str]:
    """A column for each list. Returns where each stands."""
    sheet, places = book.create_sheet(LISTS), {}
    for number, (name, words) in enumerate(choices.items(), 1):
        letter = get_column_letter(number)
        heading = next(column.heading for column in COLUMNS if column.choice == name)
        sheet.cell(1, number, heading).font = Font(bold=True)
        sheet.column_dimensions[letter].width = 40
        for row, word in enumerate(sorted(words.values(), key=sort_key), 2):
            _put(sheet.cell(row, number), word)
        places[name] = f"{LISTS}!${letter}$2:${letter}${max(len(words), 1) + 1}"
    return places


def _put(cell: Any, text: str) -> None:
    """As text, whatever it begins with: ``=`` would make a formula of somebody's word."""
    cell.value = one_line(text)
    cell.data_type = "s"


def read_sheet(path: Path, choices: Choices) -> tuple[Read[CatalogueFile], dict[str, list[int]]]:
    """The rows as entries with all their faults, and in which line each entry stands."""
    try:
        book = load_workbook(path, read_only=True, data_only=True)
        rows = list(islice(_rows(book), MOST_ROWS + 1))
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError):
        return _nothing(path, f"keine Tabelle im Format XLSX mit einem Blatt „{SHEET}“")
    if fault := _fault_of(rows):
        return _nothing(path, fault)
    words = {
        name: {**{sort_key(slug): slug for slug in list_}, **{sort_key(word): slug for slug, word in list_.items()}}
        for name, list_ in choices.items()
    }
    entries = [_entry(cells, words) for _line, cells in rows]
    lines: dict[str, list[int]] = {}
    for position, ((line, _cells), entry) in enumerate(zip(rows, entries, strict=True)):
        lines.setdefault(name_of(KEY, entry, position), []).append(line)
    data = {KEY: entries}
    content, problems = read_as_far_as_possible(path.name, data, CatalogueFile)
    return Read(content, problems, names_in(data) if problems else frozenset()), lines


def _nothing(path: Path, reason: str) -> tuple[Read[CatalogueFile], dict[str, list[int]]]:
    return Read(None, [Problem(path.name, "", reason)]), {}


def _fault_of(rows: list[Row]) -> str:
    """Why none of it is read; '' where there is no reason."""
    if len(rows) > MOST_ROWS:
        return f"mehr als {MOST_ROWS} Zeilen; bitte teilen Sie die Tabelle"
    headings = {column.heading for column in COLUMNS}
    unknown = [f"„{text}“" for text in (rows[0][1] if rows else {}) if text not in headings]
    return f"diese Spalten kennt die Vorlage nicht: {', '.join(unknown)}" if unknown else ""


def _rows(book: Any) -> Iterator[Row]:
    """Of the rows that are not empty."""
    headings: list[str] = []
    for line, row in enumerate(book[SHEET].iter_rows(values_only=True), 1):
        cells = [_text(value) for value in row]
        if line == HEADINGS:
            headings = cells
        elif line >= FIRST_ROW and any(cells):
            yield line, {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading}


def _text(value: Any) -> str:
    """A year is a number there, and often one with a point."""
    return str(int(value) if isinstance(value, float) and value.is_integer() else value or "").strip()


def _entry(cells: dict[str, str], words: dict[str, dict[str, str]]) -> dict[str, Any]:
    entry: dict[str, Any] = {"contact": {}}
    for column in COLUMNS:
        if text := cells.get(column.heading, ""):
            where, name = entry, column.field
            if name.startswith("contact."):
                where, name = entry["contact"], name.removeprefix("contact.")
            where[name] = _value(column, text, words)
    if not entry["contact"]:
        del entry["contact"]
    entry.setdefault("slug", german_slug(entry.get("title", "")) or "ohne-titel")
    return entry


def _value(column: Column, text: str, words: dict[str, dict[str, str]]) -> Any:
    if column.many:
        parts = [part.strip() for part in text.replace("\n", ";").split(";") if part.strip()]
        return [_one(column, part, words) for part in parts]
    return _one(column, text, words)


def _one(column: Column, text: str, words: dict[str, dict[str, str]]) -> Any:
    """Of a name its slug; what is in no list becomes what would be its slug, and is refused under that."""
    if column.number:
        return int(text) if text.isascii() and text.isdigit() else text
    if column.choice:
        return words[column.choice].get(sort_key(text)) or german_slug(text) or text
    return text
