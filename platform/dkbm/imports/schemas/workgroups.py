"""``workgroups.yaml``: AGs, concept group and sub-groups of one network."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, ValidationInfo, model_validator

from .base import Author, Day, Entry, Key, Line, Rule, Slug, Text, is_mended, unique

GroupSlug = Annotated[Slug, StringConstraints(max_length=80)]


class Membership(Entry):
    free_of_charge: bool
    voluntary: bool
    who: Text
    how: Text
    rules: list[Rule] = []


class Space(Entry):
    slug: Slug
    name: Line
    description: Text | None = None


class PastTopic(Entry):
    label: Text
    topic: Slug
    source: Line


class MeetingCount(Entry):
    year: int
    count: int


class WorkgroupEntry(Entry):
    slug: GroupSlug
    number: Annotated[int, Field(ge=1, le=99)]
    name: Line
    former_name: Line | None = None
    founded: int | None = None
    description: Text
    aims: list[Text] = []
    topics_so_far: list[PastTopic] = []
    member_functions: list[Line] = []
    meetings_per_year: int | None = None
    meetings_actual: list[MeetingCount] = []
    rhythm: Text | None = None
    derived: bool = False


class ConceptGroup(Entry):
    slug: GroupSlug
    name: Line
    description: Text
    first_meeting: Day | None = None
    rules: list[Rule] = []
    meetings_actual: list[MeetingCount] = []


class RoleEntry(Entry):
    key: Key
    name: Line
    scope: Literal["network", "workgroup", "subgroup"]
    per_scope: int | None = None
    tasks: list[Text] = []
    derived: bool = False


class SubgroupEntry(Entry):
    slug: GroupSlug
    workgroup: Slug
    title: Line
    question: Text
    expected_result: Text
    status: Literal["offen", "abgeschlossen"]
    founded: Day
    closed: Day | None = None
    founder: Author
    topics: list[Slug] = []
    result: Text | None = None
    derived: bool = False

    @model_validator(mode="after")
    def _closed_groups_have_a_day(self, info: ValidationInfo) -> Self:
        if is_mended(info):
            return self
        if (self.status == "abgeschlossen") != (self.closed is not None):
            raise ValueError("„closed“ gehört zu abgeschlossenen Gruppen, und nur zu ihnen")
        return self


class WorkgroupsFile(Entry):
    network: Slug | None = None
    source: Line | None = None
    aims: list[Text] = []
    benefits: list[Text] = []
    membership: Membership | None = None
    common_space: Space | None = None
    workgroups: Annotated[list[WorkgroupEntry], AfterValidator(unique)]
    concept_group: ConceptGroup | None = None
    workgroup_rules: list[Rule] = []
    subgroup_rules: list[Rule] = []
    roles: list[RoleEntry] = []
    subgroups: Annotated[list[SubgroupEntry], AfterValidator(unique)] = []
