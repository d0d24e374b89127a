"""Members of the bound network, written in bulk as ``accounts.domain.people.create_member`` writes one."""

from __future__ import annotations

import random
from datetime import datetime

from allauth.account.models import EmailAddress

from dkbm.accounts.enums import TERMS_VERSION
from dkbm.accounts.models import Function, Person, Profile, TermsAcceptance
from dkbm.cms.roles import sync_groups
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership

NO_PASSWORD = "!"
"""They are signed in by their session."""


def add_municipalities(count: int) -> None:
    """Call it as owner: the register is common."""
    Municipality.objects.bulk_create(
        [
            Municipality(slug=f"kreis-{number}", name=f"Landkreis {number}", sort_name=f"{number:04}", kind="landkreis")
            for number in range(count)
        ],
        ignore_conflicts=True,
    )


def add_members(count: int, *, since: datetime, source: random.Random) -> list[Person]:
    """``count`` more active members with function and municipality."""
    known, domain = Person.objects.count(), f"{require_network().slug}.example.org"
    people = [
        Person(
            email=f"person-{number}@{domain}", password=NO_PASSWORD, first_name="Maria", last_name=f"Kröger {number}"
        )
        for number in range(known, known + count)
    ]
    # The database shows a person only once they belong somewhere, so nothing may be read back.
    Person.objects.bulk_create(people)
    Membership.objects.bulk_create(
        [Membership(person=person, state=MembershipState.ACTIVE, since=since) for person in people]
    )
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=person, email=person.email, verified=True, primary=True) for person in people]
    )
    functions, places = list(Function.objects.filter(merged_into=None)), list(Municipality.objects.all())
    Profile.objects.bulk_create(
        [
            Profile(person=person, function=source.choice(functions), municipality=source.choice(places))
            for person in people
        ]
    )
    TermsAcceptance.objects.bulk_create([TermsAcceptance(person=person, version=TERMS_VERSION) for person in people])
    return people


def make_manager(person: Person) -> None:
    membership = Membership.objects.get(person=person)
    membership.roles = [Role.MANAGER]
    membership.save(update_fields=["roles"])
    sync_groups(membership)
