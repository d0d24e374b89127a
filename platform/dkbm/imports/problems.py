"""What is wrong with a file: named with file, entry and reason, in German, all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import ValidationError

from dkbm.core.pydantic_errors import reason_of

from .schemas.base import TWICE

NAMES_OF_ENTRIES = ("slug", "key", "number")
MOST = 200
"""So many problems are listed; more help nobody."""


@dataclass(frozen=True)
class Problem:
    """``entry``: slug, key or place in its list; empty where the whole file is meant. ``line``: where it begins."""

    file: str
    entry: str
    reason: str
    line: int = 0

    def __str__(self) -> str:
        line = f"Zeile {self.line}" if self.line else ""
        where = ", ".join(filter(None, (self.file, line, self.entry)))
        return f"{where}: {self.reason}"


class BrokenData(Exception):
    """Nothing was loaded, because of these problems."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__(str(self))

    def __str__(self) -> str:
        count = len(self.problems)
        head = "Nichts wurde geladen. " + ("Ein Fehler:" if count == 1 else f"{count} Fehler:")
        rest = [f"... und {count - MOST} weitere"] if count > MOST else []
        return "\n".join([head, *(f"  {problem}" for problem in self.problems[:MOST]), *rest])


def from_validation(file: str, data: Any, error: ValidationError, *, only: str = "") -> list[Problem]:
    """Pydantic's errors, or those of one type alone, as problems of the entries in ``data``."""
    found = []
    for each in error.errors(include_url=False):
        if only and each["type"] != only:
            continue
        location = place_of(each["loc"])
        entry, rest = _entry(data, location)
        reason = reason_of(each)
        field = ", ".join(_part(part) for part in rest)
        if each["type"] in {"missing", "extra_forbidden"}:
            what = "das Feld „{}“ fehlt" if each["type"] == "missing" else "das Feld „{}“ ist unbekannt"
            reason, field = (
                what.format(rest[-1] if rest else location[-1]),
                ", ".join(_part(part) for part in rest[:-1]),
            )
        problem = Problem(file, entry, f"{field}: {reason}" if field else reason)
        if problem not in found:
            found.append(problem)
    return found


def place_of(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """Pydantic adds the tried type (``int``, ``constrained-str``) and ``[key]`` to the place."""
    noise = {"int", "float", "str", "[key]"}
    return tuple(
        part for part in location if part not in noise and not str(part).startswith(("constrained-", "function-"))
    )


def _entry(data: Any, location: tuple[int | str, ...]) -> tuple[str, tuple[int | str, ...]]:
    """Name of the outermost list entry (or list) that the place lies in, and the place inside of it."""
    if len(location) >= 2 and isinstance(location[1], int):
        return _name(data, location), location[2:]
    if len(location) >= 2:
        return f"„{location[0]}“", location[1:]
    return "", location


def _name(data: Any, location: tuple[int | str, ...]) -> str:
    position = int(location[1])
    return name_of(str(location[0]), data[location[0]][position], position)


def name_of(where: str, row: Any, position: int) -> str:
    """What the entry at this ``position`` of the list is called."""
    for key in NAMES_OF_ENTRIES:
        if isinstance(row, dict) and isinstance(row.get(key), str | int):
            return f"{where} „{row[key]}“"
    return f"{where} Nr. {position + 1}"


def _part(part: int | str) -> str:
    return f"Nr. {part + 1}" if isinstance(part, int) else str(part)


Lines = Mapping[str, Sequence[int]]
"""Name of an entry, as problems have it -> the lines at which entries of that name begin."""


def with_lines(problems: Sequence[Problem], lines: Lines) -> list[Problem]:
    """The problems with their lines; entries that have one name are named one by one instead of all together."""
    doubled = {name: places for name, places in lines.items() if len(places) > 1}
    known = [problem for problem in problems if not (doubled and not problem.entry and TWICE in problem.reason)]
    file = problems[0].file if problems else ""
    twice = [
        Problem(file, name, f"{TWICE}, zuerst in Zeile {places[0]}", place)
        for name, places in doubled.items()
        for place in places[1:]
    ]
    placed = [replace(problem, line=min(lines.get(problem.entry, [0]))) for problem in known]
    return sorted([*placed, *twice], key=lambda problem: problem.line)
