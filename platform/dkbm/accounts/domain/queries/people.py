"""Reads about people of the bound network."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from dkbm.accounts.models import Person, Profile, line_of, organisation_of


@dataclass(frozen=True)
class PersonCard:
    """What a page shows of a person. ``line``: function and organisation; empty where the name says it already."""

    id: UUID
    name: str
    function: str
    organisation: str
    initials: str
    line: str

    @property
    def display_name(self) -> str:
        """So that the components `person_line` and `avatar` take a card like a person."""
        return self.name


def with_profile(people: QuerySet[Person]) -> QuerySet[Person]:
    """``people`` with function (key and label) and ``municipality_name`` of their profile in the bound network."""
    own = Profile.objects.filter(person_id=OuterRef("pk"))
    return people.annotate(
        function=Subquery(own.values("function__slug")[:1]),
        function_label=Subquery(own.values("function__label")[:1]),
        municipality_name=Subquery(own.values("municipality__name")[:1]),
    )


def profiles_for(person_ids: Iterable[UUID]) -> dict[UUID, PersonCard]:
    """Cards of these people, one query; whoever does not belong to the bound network is left out."""
    people = with_profile(Person.objects.filter(pk__in=set(person_ids)))
    return {person.pk: card_of(person) for person in people}


def card_of(person: Person) -> PersonCard:
    """Card of a person from :func:`with_profile`."""
    function, label = person.function or "", person.function_label or ""  # type: ignore[attr-defined]
    municipality = person.municipality_name or ""  # type: ignore[attr-defined]
    if person.stands_for_function:
        return PersonCard(person.pk, person.display_name, "", "", person.initials, "")
    return PersonCard(
        id=person.pk,
        name=person.display_name,
        function=label,
        organisation=organisation_of(function, municipality),
        initials=person.initials,
        line=line_of(function, label, municipality),
    )
