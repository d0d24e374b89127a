"""What is wrong with a file: named with file, entry and reason, in German, all at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

NAMES_OF_ENTRIES = ("slug", "key", "number")
MOST = 50
"""So many problems are listed; more help nobody."""


@dataclass(frozen=True)
class Problem:
    """``entry``: slug, key or place in its list; empty where the whole file is meant."""

    file: str
    entry: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.entry}" if self.entry else self.file
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


def from_validation(file: str, data: Any, error: ValidationError) -> list[Problem]:
    """Pydantic's errors as problems of the entries in ``data``."""
    found = []
    for each in error.errors(include_url=False):
        location = _without_union_branches(each["loc"])
        entry, rest = _entry(data, location)
        reason = _reason(each)
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


def _without_union_branches(location: tuple[int | str, ...]) -> tuple[int | str, ...]:
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
    row = data[location[0]][position]
    for key in NAMES_OF_ENTRIES:
        if isinstance(row, dict) and isinstance(row.get(key), str | int):
            return f"{location[0]} „{row[key]}“"
    return f"{location[0]} Nr. {position + 1}"


def _part(part: int | str) -> str:
    return f"Nr. {part + 1}" if isinstance(part, int) else str(part)


SENTENCES = {
    "string_type": "hier muss ein Text stehen",
    "string_too_short": "der Text ist leer",
    "string_too_long": "der Text ist länger als {max_length} Zeichen",
    "string_pattern_mismatch": "der Wert hat nicht die verlangte Form",
    "int_type": "hier muss eine ganze Zahl stehen",
    "int_parsing": "hier muss eine ganze Zahl stehen",
    "float_type": "hier muss eine Zahl stehen",
    "bool_type": "hier muss true oder false stehen",
    "list_type": "hier muss eine Liste stehen",
    "dict_type": "hier müssen Schlüssel und Werte stehen",
    "model_type": "hier müssen Schlüssel und Werte stehen",
    "greater_than_equal": "die Zahl ist kleiner als {ge}",
    "less_than_equal": "die Zahl ist größer als {le}",
    "too_short": "die Liste ist leer",
    "literal_error": "erlaubt sind {expected}",
}


def _reason(error: Any) -> str:
    context = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(context["error"])
    if error["type"] == "literal_error":
        context = {"expected": context["expected"].replace(" or ", ", ").replace("'", "")}
        return f"„{error['input']}“ gibt es nicht; " + SENTENCES["literal_error"].format(**context)
    sentence = SENTENCES.get(error["type"])
    return sentence.format(**context) if sentence else f"der Wert passt nicht ({error['msg']})"
