"""People of a network; call inside a binding."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from dkbm.accounts.models import Function, Person
from dkbm.cms.roles import sync_groups
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership

PASSWORD = "ein-langes-passwort"


def make_person(
    name: str = "Maria Kröger",
    *,
    email: str = "",
    roles: tuple[str, ...] = (),
    state: str = MembershipState.ACTIVE,
    password: str | None = PASSWORD,
    **fields: Any,
) -> Person:
    """A person who belongs to the bound network, with a verified address."""
    first, _, last = name.partition(" ")
    email = email or f"{uuid.uuid4().hex[:8]}@{require_network().slug}.example.org"
    person = Person.objects.create_user(email, password, first_name=first, last_name=last, **fields)
    membership = Membership.objects.create(
        person=person,
        state=state,
        roles=list(roles),
        since=timezone.now() if state == MembershipState.ACTIVE else None,
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    sync_groups(membership)
    return person


def settle(person: Person) -> Person:
    """They have belonged to the bound network for a year."""
    Membership.objects.filter(person=person).update(since=timezone.now() - timedelta(days=365))
    return person


def function_named(slug: str = "bildungsmanagement") -> Function:
    """A function of the bound network."""
    found: Function = Function.objects.get(slug=slug)
    return found
