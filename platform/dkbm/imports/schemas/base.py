"""Kinds of values that occur in several files. Reasons of errors are German: people read them."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationInfo,
)

from dkbm.core.typed_text import CHECKED_LINE, CHECKED_NAME, CHECKED_TEXT

MAX_TEXT = 20_000
TWICE = "kommt zweimal vor"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
KEY = re.compile(r"[a-z0-9]+([-_][a-z0-9]+)*")
PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


class Entry(BaseModel):
    """Base of every entry: unknown keys are refused, values are not converted silently."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _slug(value: str) -> str:
    if not SLUG.fullmatch(value):
        raise ValueError(f"„{value}“ ist kein Kürzel (Kleinbuchstaben, Ziffern, einzelne Bindestriche)")
    return value


def _key(value: str) -> str:
    if not KEY.fullmatch(value):
        raise ValueError(f"„{value}“ ist kein Schlüssel (Kleinbuchstaben, Ziffern, Binde- und Unterstriche)")
    return value


def _day(value: Any) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"„{value}“ ist kein Tag der Form JJJJ-MM-TT") from None


def _moment(value: Any) -> str:
    """A year, a month or a day, as text; a bare year may come as a number."""
    text = str(value)
    if not PERIOD.fullmatch(text):
        raise ValueError(f"„{value}“ ist weder Jahr noch Monat noch Tag (JJJJ, JJJJ-MM, JJJJ-MM-TT)")
    try:
        date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        raise ValueError(f"den Tag „{value}“ gibt es nicht") from None
    return text


def _clock(value: Any) -> time:
    try:
        return time.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"„{value}“ ist keine Uhrzeit der Form HH:MM") from None


def _author(value: str) -> str:
    function, at, place = value.partition("@")
    if not (at and SLUG.fullmatch(function) and SLUG.fullmatch(place)):
        raise ValueError(f"„{value}“ hat nicht die Form Funktion@Kommune")
    return value


Stripped = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Line = Annotated[Stripped, Field(max_length=200), CHECKED_LINE]
LongLine = Annotated[Stripped, Field(max_length=300), CHECKED_LINE]
Name = Annotated[Stripped, Field(max_length=100), CHECKED_NAME]
Text = Annotated[Stripped, Field(max_length=MAX_TEXT), CHECKED_TEXT]
Slug = Annotated[str, StringConstraints(max_length=100), AfterValidator(_slug)]
FunctionKey = Annotated[str, StringConstraints(max_length=60), AfterValidator(_slug)]
Key = Annotated[str, StringConstraints(max_length=60), AfterValidator(_key)]
Day = Annotated[date, BeforeValidator(_day)]
Moment = Annotated[str, BeforeValidator(_moment)]
Clock = Annotated[time, BeforeValidator(_clock)]
Author = Annotated[str, AfterValidator(_author)]
Number = int | float


class Rule(Entry):
    """A rule of the network in words, with numbers where it has any."""

    key: Key
    text: Text
    value: int | None = None
    limit: Line | None = None
    min: int | None = None
    max: int | None = None
    derived: bool = False


def unique(entries: list[Any], of: str = "slug") -> list[Any]:
    """Refuse a list in which two entries have the same ``of``; all such values are named."""
    values = [getattr(entry, of) for entry in entries]
    if twice := [value for value in dict.fromkeys(values) if values.count(value) > 1]:
        raise ValueError("; ".join(f"„{value}“ {TWICE}" for value in twice))
    return entries


MENDED: dict[str, Any] = {"mended": True}
"""Context of validating what is left of a file with faults: values that were taken out contradict nobody."""


def is_mended(info: ValidationInfo) -> bool:
    return bool(info.context)
