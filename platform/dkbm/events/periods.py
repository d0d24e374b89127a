"""Dates as the sources name them (a year, a month, a day), as days and in German words."""

from __future__ import annotations

import calendar
import datetime
from functools import lru_cache

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from .enums import Precision

LENGTHS = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY}


def parse(text: str) -> tuple[datetime.date, datetime.date, Precision]:
    """``2017``, ``2017-09`` or ``2017-09-05`` as first day, last day and precision. Raises ``ValueError``."""
    precision = LENGTHS.get(len(text))
    if precision is None:
        raise ValueError(f"{text!r} is neither JJJJ nor JJJJ-MM nor JJJJ-MM-TT")
    first = datetime.date.fromisoformat(text + "-01-01"[len(text) - 4 :])
    if precision is Precision.YEAR:
        return first, first.replace(month=12, day=31), precision
    if precision is Precision.MONTH:
        return first, first.replace(day=calendar.monthrange(first.year, first.month)[1]), precision
    return first, first, precision


def in_words(first: datetime.date, last: datetime.date, precision: str) -> str:
    """ "2017", "September 2020", "August 2017 bis Februar 2018", "28. April bis 27. Mai 2016", "15. September 2027"."""
    return _days(first, last, precision, get_language())


def clock(starts: datetime.time | None, ends: datetime.time | None) -> str:
    """ "9:30 bis 16:30 Uhr", "9:30 Uhr"; empty without a beginning."""
    return _hours(starts, ends, get_language()) if starts else ""


# Lists say the same days and hours again and again; ``language`` keeps their words apart.
@lru_cache(4096)
def _hours(starts: datetime.time, ends: datetime.time | None, language: str | None) -> str:
    begin = time_format(starts, "G:i")
    if ends is None:
        return _("%(begin)s Uhr") % {"begin": begin}
    return _("%(begin)s bis %(end)s Uhr") % {"begin": begin, "end": time_format(ends, "G:i")}


@lru_cache(4096)
def _days(first: datetime.date, last: datetime.date, precision: str, language: str | None) -> str:
    if precision == Precision.YEAR:
        return str(first.year) if first.year == last.year else _join(str(first.year), str(last.year))
    if precision == Precision.MONTH:
        end = date_format(last, "F Y")
        if (first.year, first.month) == (last.year, last.month):
            return end
        return _join(date_format(first, "F" if first.year == last.year else "F Y"), end)
    end = date_format(last, "j. F Y")
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return _join(date_format(first, "j."), end)
    return _join(date_format(first, "j. F" if first.year == last.year else "j. F Y"), end)


def _join(start: str, end: str) -> str:
    return _("%(start)s bis %(end)s") % {"start": start, "end": end}
