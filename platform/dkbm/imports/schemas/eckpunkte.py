"""``eckpunkte.yaml``: the six Eckpunkte with the questions that show whether a municipality lives up to them."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from pydantic import AfterValidator, Field

from .base import Entry, Key, Line, Slug, Text, unique


class Leitfrage(Entry):
    key: Key
    text: Text


class EckpunktEntry(Entry):
    number: Annotated[int, Field(ge=1, le=99)]
    slug: Slug
    title: Line
    short: Line
    explanation: Text
    example: Slug | None = None
    leitfragen: Annotated[list[Leitfrage], AfterValidator(partial(unique, of="key"))]
    leitfragen_derived: bool = False


class EckpunkteFile(Entry):
    source: Line | None = None
    origin: Text | None = None
    eckpunkte: Annotated[list[EckpunktEntry], AfterValidator(unique), AfterValidator(partial(unique, of="number"))]
