"""Numbers and dates of a table as people say them."""

from __future__ import annotations

import re
from datetime import date

from django.utils.formats import date_format

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
YEAR = re.compile(r"(19|20)\d{2}")
# "Betriebe (mehr als)": the source's qualifier belongs before the number.
QUALIFIED = re.compile(r"(?P<unit>.*\S) \((?P<word>mehr als|fast|rund|höchstens|mindestens)\)")
# What is named by its number: "Klasse 5".
NAMED = {"Klasse", "Platz"}
GROUPED_FROM = 10_000


def figure_in_words(value: str, unit: str = "") -> str:
    """``("2016-06", "Monat")`` -> "Juni 2016", ``("800", "Betriebe (mehr als)")`` -> "mehr als 800 Betriebe".

    What is not recognised is ``value`` and ``unit`` as they stand.
    """
    value, unit = value.strip(), unit.strip()
    if unit in {"", "Monat"} and (month := MONTH.fullmatch(value)):
        return date_format(date(int(month[1]), int(month[2]), 1), "F Y")
    if unit in {"", "Datum", "Tag"} and (day := _day(value)):
        return date_format(day, "j. F Y")
    if unit == "Jahr" and YEAR.fullmatch(value):
        return value
    qualified = QUALIFIED.fullmatch(unit)
    word, unit = (qualified["word"], qualified["unit"]) if qualified else ("", unit)
    return f"{word} {_counted(value, unit)}".strip()


def _counted(value: str, unit: str) -> str:
    if value.isascii() and value.isdigit() and int(value) >= GROUPED_FROM:
        value = f"{int(value):,}".replace(",", ".")
    if unit == "fach":
        return f"{value}-fach"
    return f"{unit} {value}" if unit in NAMED else f"{value} {unit}".strip()


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if DAY.fullmatch(value) else None
    except ValueError:
        return None
