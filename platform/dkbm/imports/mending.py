"""A file with faults, without its faulty places: the rest of it is checked all the same, so that people read once
what is wrong."""

from __future__ import annotations

from copy import deepcopy
from typing import Any, TypeVar

from pydantic import ValidationError

from .problems import NAMES_OF_ENTRIES, Problem, from_validation, place_of
from .schemas import Entry
from .schemas.base import MENDED

File = TypeVar("File", bound=Entry)

GONE = object()
ROUNDS = 20
"""Each round takes out what the one before laid open, for example an entry whose only name was taken."""


def read_as_far_as_possible(file: str, data: dict[Any, Any], schema: type[File]) -> tuple[File | None, list[Problem]]:
    """What is right in ``data``, and every fault of the rest. ``None`` when nothing can be made of it."""
    try:
        return schema.model_validate(data), []
    except ValidationError as error:
        problems, faults, rest = from_validation(file, data, error), error, deepcopy(data)
    for _round in range(ROUNDS):
        if not all(_take_out(rest, fault) for fault in faults.errors(include_url=False)):
            return None, problems
        _sweep(rest)
        try:
            return schema.model_validate(rest, context=MENDED), problems
        except ValidationError as error:
            faults = error
            # Doubled entries show only once all others are right; what else comes up follows from taking out.
            new = from_validation(file, rest, error, only="value_error")
            problems += [problem for problem in new if problem not in problems]
    return None, problems


def names_in(data: dict[Any, Any]) -> frozenset[str | int]:
    """What the entries are called that other files may refer to, the faulty ones too."""
    rows = [row for value in data.values() if isinstance(value, list) for row in value if isinstance(row, dict)]
    named = [row.get(key) for row in rows for key in NAMES_OF_ENTRIES]
    keys = [key for value in data.values() if isinstance(value, dict) for key in value]
    return frozenset(name for name in [*named, *keys] if isinstance(name, str | int))


def _take_out(data: Any, fault: Any) -> bool:
    """Take the faulty value out of ``data``; of doubled entries the later ones. False where all of it is wrong."""
    place = place_of(fault["loc"])
    if fault["type"] == "missing":
        place = place[:-1]
    if not place:
        return False
    inside = data
    try:
        for part in place[:-1]:
            inside = inside[part]
        value = inside[place[-1]]
    except (KeyError, IndexError, TypeError):  # another fault has taken it out, or what lies around it
        return True
    if fault["type"] == "value_error" and isinstance(value, list):
        inside[place[-1]] = _once(value)
    elif not (fault["type"] == "value_error" and isinstance(value, dict)):
        inside[place[-1]] = GONE
    return True


def _once(rows: list[Any]) -> list[Any]:
    """Rows of which an earlier one has slug, key or number are left out."""
    seen: set[tuple[str, Any]] = set()
    kept = []
    for row in rows:
        names = {(key, row[key]) for key in NAMES_OF_ENTRIES if isinstance(row, dict) and key in row}
        if not names & seen:
            kept.append(row)
        seen |= names
    return kept


def _sweep(data: Any) -> None:
    """Make the gaps disappear, wherever they are."""
    if isinstance(data, dict):
        for key in [key for key, value in data.items() if value is GONE]:
            del data[key]
        for value in data.values():
            _sweep(value)
    elif isinstance(data, list):
        data[:] = [value for value in data if value is not GONE]
        for value in data:
            _sweep(value)
