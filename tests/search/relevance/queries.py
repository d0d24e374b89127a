"""The queries of the relevance test, as they stand in ``queries.yaml`` and ``set_aside.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).resolve().parent
CLASSES = (
    "several_words",
    "plain_word",
    "inflection",
    "place",
    "abbreviation",
    "compound_part",
    "spelling",
    "question",
    "synonym",
    "typing_error",
    "longer_compound",
    "pasted",
)


@dataclass(frozen=True)
class Query:
    """One query. ``expected``: type and slug of what a colleague would accept, the best first."""

    q: str
    kind: str
    who: str
    expected: tuple[tuple[str, str], ...]


def queries() -> list[Query]:
    """Those to tune by."""
    return _read("queries.yaml")


def set_aside() -> list[Query]:
    """Those that nobody looks at while tuning."""
    return _read("set_aside.yaml")


def _read(name: str) -> list[Query]:
    entries = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))["queries"]
    return [_query(entry) for entry in entries]


def _query(entry: dict[str, Any]) -> Query:
    expected = tuple((each["type"], each["slug"]) for each in entry["expected"])
    return Query(q=entry["q"], kind=entry["class"], who=entry["who"], expected=expected)
