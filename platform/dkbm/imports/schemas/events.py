"""``events.yaml``: meetings and conferences, and the coming annual meeting with programme and registration."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, ValidationInfo, model_validator

from dkbm.core.typed_text import CHECKED_LINE

from .base import Author, Clock, Day, Entry, Key, Line, LongLine, Moment, Slug, Stripped, Text, is_mended, unique

Kind = Literal[
    "konzeptgruppe", "auftakt", "jahrestreffen", "ag_treffen", "befragung", "konferenz", "runder_tisch",
    "meilenstein", "tagung",
]  # fmt: skip
ItemKind = Literal["ankommen", "begruessung", "keynote", "workshop", "ag_sitzung", "pause", "abschluss"]
Title = Annotated[Stripped, Field(max_length=250), CHECKED_LINE]
Seats = Annotated[int, Field(ge=1)]


class Period(Entry):
    start: Annotated[Moment, Field(alias="from")]
    end: Annotated[Moment, Field(alias="to")]


class Keynote(Entry):
    title: LongLine
    speaker_function: Line


class Participants(Entry):
    number: int
    relation: Literal["genau", "mehr als", "erwartet"]
    note: Text | None = None


class Question(Entry):
    key: Key
    label: LongLine
    type: Literal["text", "single", "multi", "bool"]
    required: bool = False
    options: list[Line] | None = None
    options_from: Line | None = None


class Registration(Entry):
    opens: Day
    closes: Day
    waiting_list: bool = False
    questions: list[Question] = []

    @model_validator(mode="after")
    def _closes_after_it_opens(self, info: ValidationInfo) -> Self:
        if is_mended(info):
            return self
        if self.closes < self.opens:
            raise ValueError("die Anmeldung endet, bevor sie beginnt")
        return self


class ProgrammeEntry(Entry):
    slug: Slug
    starts: Clock
    ends: Clock
    kind: ItemKind
    title: Title
    summary: Text | None = None
    room: Line | None = None
    capacity: Seats | None = None
    slot: Key | None = None
    workgroup: Slug | None = None
    lead: Author | None = None
    topics: list[Slug] = []

    @model_validator(mode="after")
    def _ends_after_it_starts(self, info: ValidationInfo) -> Self:
        if is_mended(info):
            return self
        if self.ends <= self.starts:
            raise ValueError("der Programmpunkt endet, bevor er beginnt")
        return self


class EventEntry(Entry):
    slug: Slug
    kind: Kind
    title: Title
    network: Slug | None = None
    workgroup: Slug | None = None
    municipality: Slug | None = None
    date: Day | None = None
    period: Period | None = None
    count: int | None = None
    count_so_far: bool = False
    place: Line | None = None
    theme: LongLine | None = None
    keynote: Keynote | None = None
    participants: Participants | None = None
    summary: Text | None = None
    source: Line | None = None
    note: Text | None = None
    derived: bool = False
    venue: Line | None = None
    starts: Clock | None = None
    ends: Clock | None = None
    capacity: Seats | None = None
    registration: Registration | None = None
    programme: Annotated[list[ProgrammeEntry], AfterValidator(unique)] = []

    @model_validator(mode="after")
    def _has_one_date(self, info: ValidationInfo) -> Self:
        if is_mended(info):
            return self
        if (self.date is None) == (self.period is None):
            raise ValueError("genau eines von „date“ und „period“ muss angegeben sein")
        if self.period and self.period.end < self.period.start[: len(self.period.end)]:
            raise ValueError("der Zeitraum endet, bevor er beginnt")
        return self


class EventsFile(Entry):
    kinds: dict[Key, Line] = {}
    events: Annotated[list[EventEntry], AfterValidator(unique)]
