"""``glossary.yaml``: the network's words, with what else they are called."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from .base import Entry, Line, Slug, Text, unique


class TermEntry(Entry):
    slug: Slug
    term: Line
    abbreviation: Annotated[Line | None, Field(max_length=40)] = None
    synonyms: list[Line] = []
    definition: Text
    see_also: list[Slug] = []
    sources: list[Line] = []
    network: Slug | None = None


class GlossaryFile(Entry):
    terms: Annotated[list[TermEntry], AfterValidator(unique)]
