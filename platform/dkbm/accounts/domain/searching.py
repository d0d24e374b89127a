"""People in the search index: active members, found by members alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.urls import reverse

from dkbm.accounts.domain.queries.membership import active_members
from dkbm.accounts.facets import FUNCTION
from dkbm.accounts.models import Function, Profile
from dkbm.municipalities.facets import MUNICIPALITY, municipality_values
from dkbm.search.domain.index import index_object, remove_object
from dkbm.search.enums import Visibility
from dkbm.search.facets import FacetValue, FacetValues
from dkbm.search.registry import Entry
from dkbm.tenancy.models import Membership

TYPE = "person"


def index_person(person_id: UUID) -> None:
    """Write the entry of somebody who is an active member, take it out otherwise; in the transaction of the change."""
    entry = next(_entries(person_id=person_id), None)
    if entry is None:
        remove_object(type=TYPE, key=str(person_id))
    else:
        index_object(type=TYPE, key=entry.key, entry=entry)


def index_people_with(function: Function) -> None:
    """Write the entries of everybody who has this function: they show its label."""
    people = Profile.objects.filter(function=function).order_by().values("person_id")
    for entry in _entries(person_id__in=people):
        index_object(type=TYPE, key=entry.key, entry=entry)


def entries() -> Iterator[Entry]:
    """Every active member of the bound network; accounts that stand for a function are no people."""
    return _entries()


def _entries(**condition: Any) -> Iterator[Entry]:
    memberships = active_members().filter(person__is_active=True, **condition).select_related("person")
    profiles = Profile.objects.filter(**condition).select_related("function", "municipality")
    profile_of = {profile.person_id: profile for profile in profiles}
    for membership in memberships.order_by("pk"):
        yield _entry(membership, profile_of.get(membership.person_id))


def _entry(membership: Membership, profile: Profile | None) -> Entry:
    """Mail address and telephone stay out of the index."""
    person = membership.person
    return Entry(
        type=TYPE,
        key=str(person.pk),
        slug=str(person.pk),
        title=person.display_name,
        body=profile.about if profile else "",
        url=reverse("accounts:person", args=[person.pk]),
        visibility=Visibility.MEMBERS,
        facets=_facets(profile) if profile else {},
    )


def _facets(profile: Profile) -> FacetValues:
    """The agency's own people stand beside the municipalities, under the name of the network."""
    places = municipality_values(profile.municipality)
    if not places and profile.organisation:
        places = [FacetValue(profile.function.slug, profile.organisation)]
    return {FUNCTION: [FacetValue(profile.function.slug, profile.function_label)], MUNICIPALITY: places}
