"""Accounts that are not signed up for."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from dkbm.accounts.enums import Function
from dkbm.accounts.models import Person, Profile, line_of
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership


@transaction.atomic
def create_author(*, function: str, municipality: Municipality | None) -> Person:
    """The account that stands for "function@municipality" as author of imported texts; nobody can sign in with it.

    ``municipality``: ``None`` for the network's agency. Idempotent in the bound network. Raises ``ValueError``
    for an unknown function.
    """
    function = Function(function)
    place = municipality.slug if municipality else "netzwerk"
    email = f"{function.value}.{place}@netz-{require_network().id}.invalid"
    person = Person.objects.filter(email=email).first()
    if person is None:
        line = line_of(function, municipality.name if municipality else "")
        person = Person.objects.create_user(email, None, last_name=line[:100], stands_for_function=True)
        Membership.objects.create(person=person, state=MembershipState.ACTIVE, since=timezone.now())
        Profile.objects.create(person=person, function=function, municipality=municipality)
    return person
