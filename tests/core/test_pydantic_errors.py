"""People read German, whatever pydantic finds wrong."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

import pytest
from pydantic import BaseModel, Field, ValidationError
from pydantic_core._pydantic_core import list_all_errors

from dkbm.core.pydantic_errors import REASONS, UNKNOWN, reason_of, sentence_of

EVERY_KIND = [{"type": each["type"], "ctx": each["example_context"] or {}, "input": "x"} for each in list_all_errors()]


class Sample(BaseModel):
    name: Annotated[str, Field(min_length=3, max_length=5)] = "abc"
    kind: Literal["gut", "besser"] = "gut"
    number: Annotated[int, Field(ge=2, le=4)] = 2
    rows: Annotated[list[int], Field(min_length=1, max_length=2)] = [1]
    day: date = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"name": ""}, "der Text ist kürzer als 3 Zeichen"),
        ({"name": "zu lang"}, "der Text ist länger als 5 Zeichen"),
        ({"name": 7}, "hier muss ein Text stehen"),
        ({"kind": "toll"}, "„toll“ gibt es nicht; erlaubt sind gut, besser"),
        ({"number": 1}, "die Zahl ist kleiner als 2"),
        ({"number": 5}, "die Zahl ist größer als 4"),
        ({"number": "viele"}, "hier muss eine ganze Zahl stehen"),
        ({"rows": []}, "die Liste ist leer"),
        ({"rows": [1, 2, 3]}, "die Liste hat mehr als 2 Einträge"),
        ({"rows": {}}, "hier muss eine Liste stehen"),
        ({"day": "gestern"}, "hier muss ein Tag der Form JJJJ-MM-TT stehen"),
    ],
)
def test_reason_of_a_wrong_value(values: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        Sample(**values)
    (error,) = caught.value.errors()
    assert reason_of(error) == reason


@pytest.mark.parametrize("error", EVERY_KIND, ids=lambda error: error["type"])
def test_no_kind_of_error_shows_pydantics_english(error: dict[str, Any]) -> None:
    if error["type"] in {"value_error", "assertion_error"}:
        error = {**error, "ctx": {"error": ValueError("das Jahr fehlt")}}
    reason = reason_of(error)
    assert reason
    assert not any(word in reason for word in ("Input", "should", "valid", "Error"))


def test_every_reason_is_of_a_kind_that_there_is() -> None:
    assert set(REASONS) <= {error["type"] for error in EVERY_KIND}


def test_unknown_kind_has_a_reason_too() -> None:
    assert reason_of({"type": "of_tomorrow", "input": 1}) == UNKNOWN
    assert sentence_of({"type": "of_tomorrow", "input": 1}) == "Der Wert passt hier nicht."
