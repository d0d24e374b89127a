"""``transfergegenstaende.yaml``: examples of good practice, with the lists that other files refer to."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from .base import Day, Entry, Key, Line, LongLine, Number, Slug, Text, unique


class Figure(Entry):
    label: LongLine
    value: Number | Line
    unit: Line
    year: int | None = None


class Contact(Entry):
    function: Line
    unit: Line | None = None
    phone: Line | None = None
    mail: Line | None = None


class FullContact(Contact):
    """All that the catalogue says of a contact person; nothing is added to it."""

    municipality: Slug | None = None
    name: Line | None = None
    web: LongLine | None = None
    contact_public: bool = False
    confirmed_on: Day | None = None


class ItemEntry(Entry):
    """``contacts`` takes the place of ``contact`` where a file knows all of them, as an exported one does."""

    slug: Slug
    title: Line
    municipality: Slug | None = None
    further_municipalities: list[Slug] = []
    network: Slug | None = None
    kind: Literal["strukturmodell", "angebot", "instrument"]
    eckpunkte: Annotated[list[int], Field(min_length=1)]
    topics: list[Slug] = []
    phases: list[Key] = []
    programmes: list[Key] = []
    summary: Text
    initiierung: Text | None = None
    meilensteine: Text | None = None
    etablierung: Text | None = None
    figures: list[Figure] = []
    resources: Text | None = None
    success_factors: list[Text] = []
    transfer_notes: Text | None = None
    contact: Contact | None = None
    contacts: list[FullContact] | None = None
    source: Line | None = None
    year: int | None = None
    links: list[LongLine] = []
    visibility: Literal["bundesweit", "netzwerk"]
    archived: bool = False
    checked_on: Day | None = None
    derived: bool = False


class CatalogueFile(Entry):
    """Lists that are missing are those already loaded."""

    topics: dict[Slug, Line] = {}
    phases: dict[Key, Line] = {}
    programmes: dict[Key, Line] = {}
    kinds: dict[Key, Line] = {}
    transfergegenstaende: Annotated[list[ItemEntry], AfterValidator(unique)]
