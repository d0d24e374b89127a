"""``publications.yaml``: issues of the Blickpunkt, papers, reports, portals."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator

from .base import Entry, Key, Line, LongLine, Slug, Text, unique

Kind = Literal[
    "blickpunkt", "magazin", "werkstattbericht", "konzept", "arbeitspapier", "muster", "leitfaden", "bericht",
    "broschuere", "newsletter", "portal",
]  # fmt: skip


class PublicationEntry(Entry):
    slug: Slug
    kind: Kind
    title: LongLine
    series: Line | None = None
    year: int | None = None
    year_note: Text | None = None
    publisher: Line | None = None
    network: Slug | None = None
    municipality: Slug | None = None
    workgroups: list[Slug] = []
    summary: Text
    chapters: list[LongLine] = []
    items: list[Slug] = []
    topics: list[Slug] = []
    website: LongLine | None = None
    source: Line | None = None


class PublicationsFile(Entry):
    kinds: dict[Key, Line] = {}
    publications: Annotated[list[PublicationEntry], AfterValidator(unique)]
