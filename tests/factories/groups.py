"""Groups and their members; call inside a binding."""

from __future__ import annotations

import itertools
import uuid
from typing import Any

from django.utils import timezone

from dkbm.accounts.models import Person, Profile
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.models import Membership
from tests.factories.people import function_named, make_person
from workgroups.domain.groups import put_in_group
from workgroups.domain.imports import import_subgroup, import_workgroup
from workgroups.enums import GroupMembershipState
from workgroups.models import GroupMembership, Workgroup

_numbers = itertools.count(100)


def make_workgroup(slug: str = "", **fields: Any) -> Workgroup:
    """An open AG with its page."""
    number = fields.pop("number", next(_numbers))
    fields = {"name": "Kommunales Bildungsmanagement", "founded": 2017, **fields}
    return import_workgroup(slug=slug or f"ag{number}-bildungsmanagement", number=number, **fields)


def make_group(name: str = "Kommunales Bildungsmanagement", *members: Person, **fields: Any) -> Workgroup:
    """An open AG with these active members and without its page."""
    fields.setdefault("slug", f"ag-{uuid.uuid4().hex[:8]}")
    group: Workgroup = Workgroup.objects.create(name=name, **fields)
    for person in members:
        join_group(group, person)
    return group


def join_group(group: Workgroup, person: Person, **fields: Any) -> GroupMembership:
    fields = {"state": GroupMembershipState.ACTIVE, "since": timezone.now(), **fields}
    row: GroupMembership = GroupMembership.objects.create(workgroup=group, person=person, **fields)
    return row


def make_concept_group() -> Workgroup:
    return import_workgroup(slug="konzeptgruppe", name="Konzeptgruppe", kind="concept")


def make_subgroup(workgroup: Workgroup, slug: str = "uag-daten", **fields: Any) -> Workgroup:
    """An open sub-group; with ``founder`` it has a lead."""
    fields = {"title": "Kleinräumige Daten", "question": "Wie schneiden wir Räume zu?", **fields}
    return import_subgroup(workgroup=workgroup, slug=slug, **fields)


def make_member(
    workgroup: Workgroup, name: str = "Maria Kröger", *, office: str | None = None, **fields: Any
) -> Person:
    """A member of the network with a profile, active in the group."""
    person = make_colleague(name, **fields)
    put_in_group(workgroup=workgroup, person=person, office=office)
    return person


def make_colleague(
    name: str = "Maria Kröger",
    *,
    function: str = "bildungsmanagement",
    municipality: Municipality | None = None,
    **fields: Any,
) -> Person:
    """A member of the network with a profile, in no group."""
    person = make_person(name, **fields)
    Profile.objects.create(person=person, function=function_named(function), municipality=municipality)
    return person


def membership_of(person: Person) -> Membership:
    """The person's row in the bound network."""
    found: Membership = Membership.objects.get(person=person)
    return found


def row_of(group: Workgroup, person: Person) -> GroupMembership:
    found: GroupMembership = GroupMembership.objects.get(workgroup=group, person=person)
    return found
