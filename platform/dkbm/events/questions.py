"""The questions of a registration, as they stand in ``Event.questions``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from .enums import QuestionType

PROGRAMME = "programme/"
MUNICIPALITIES = "municipalities"
CONSENTS = ("list_consent", "photo_consent")
"""Keys of the questions whose answers are consents: kept with the time at which they were given."""


@dataclass(frozen=True)
class Question:
    """``options_from``: ``municipalities`` or ``programme/<slot>`` where the options come from there."""

    key: str
    label: str
    type: str = QuestionType.TEXT
    required: bool = False
    options: list[str] = field(default_factory=list)
    options_from: str = ""

    @property
    def slot(self) -> str:
        """The programme's slot that this question is about, empty for others."""
        return self.options_from.removeprefix(PROGRAMME) if self.options_from.startswith(PROGRAMME) else ""


def parse(rows: Iterable[dict[str, Any]]) -> list[Question]:
    """Questions from the rows of a file or of the database. Raises ``ValueError`` naming the wrong one."""
    found: dict[str, Question] = {}
    for row in rows:
        key = str(row.get("key", ""))
        unknown = set(row) - {"key", "label", "type", "required", "options", "options_from"}
        if unknown or not key.isidentifier() or key in found or not row.get("label"):
            raise ValueError(f"question {key!r}: missing or double key, missing label, or unknown {sorted(unknown)}")
        question = Question(**row)
        if question.type not in QuestionType.values:
            raise ValueError(f"question {key!r}: unknown type {question.type!r}")
        if question.type in {QuestionType.SINGLE, QuestionType.MULTI} and not (
            question.options or question.options_from
        ):
            raise ValueError(f"question {key!r}: a choice needs options or options_from")
        if question.options_from and question.options_from != MUNICIPALITIES and not question.slot:
            raise ValueError(f"question {key!r}: options_from {question.options_from!r} is unknown")
        found[key] = question
    return list(found.values())


def as_rows(questions: Iterable[Question]) -> list[dict[str, Any]]:
    return [asdict(question) for question in questions]
