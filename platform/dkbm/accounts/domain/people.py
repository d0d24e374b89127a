"""Accounts that are not signed up for."""

from __future__ import annotations

from collections.abc import Sequence

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone

from dkbm.accounts.domain.admission import begin_membership
from dkbm.accounts.domain.functions import chosen_function
from dkbm.accounts.domain.profiles import put_profile
from dkbm.accounts.domain.searching import index_person
from dkbm.accounts.models import Person, line_of
from dkbm.audit.log import record
from dkbm.cms.roles import sync_groups
from dkbm.core.addresses import normal_address
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from dkbm.tenancy.people import person_id_for_address

UNDELIVERABLE = ".invalid"
"""No mail goes to this top-level domain (RFC 2606), so nobody can prove to own an address in it."""


def is_deliverable(email: str) -> bool:
    return not normal_address(email).rstrip(".").endswith(UNDELIVERABLE)


@transaction.atomic
def create_author(*, function: str, municipality: Municipality | None) -> Person:
    """The account that stands for "function@municipality" as author of imported texts; nobody can sign in with it.

    ``municipality``: ``None`` for the network's agency. Idempotent in the bound network. Raises ``ValueError``
    for an unknown function.
    """
    place = municipality.slug if municipality else "netzwerk"
    email = f"{function}.{place}@netz-{require_network().id}{UNDELIVERABLE}"
    person = Person.objects.filter(email=email).first()
    if person is None:
        row = chosen_function(function)
        line = line_of(row.slug, row.label, municipality.name if municipality else "")
        person = Person.objects.create_user(email, None, last_name=line[:100], stands_for_function=True)
        Membership.objects.create(person=person, state=MembershipState.ACTIVE, since=timezone.now())
        put_profile(person, function=row, municipality=municipality)
    return person


def open_account(*, email: str, password: str, first_name: str, last_name: str, verified: bool = False) -> EmailAddress:
    """A new account that waits in the bound network, with its address. ``password``: hashed.

    Raises ``IntegrityError`` for an address that an account has anywhere.
    """
    email = normal_address(email)
    person = Person(email=email, password=password, first_name=first_name, last_name=last_name)
    person.save(force_insert=True)
    begin_membership(person)  # from here on the database shows the person
    address: EmailAddress = EmailAddress.objects.create(user=person, email=email, primary=True, verified=verified)
    return address


@transaction.atomic
def create_member(
    *,
    email: str,
    first_name: str,
    last_name: str,
    function: str,
    municipality: Municipality | None,
    password: str | None = None,
    roles: Sequence[str] = (),
) -> Person:
    """A member of the bound network with a verified address, for loaders; nobody is written to.

    Idempotent: an account that exists, here or in another network, becomes a member with these roles, and its
    name and password stay; a password only where the address is verified.
    """
    person = _account(email, first_name, last_name, password)
    membership = _activate(person, roles)
    put_profile(person, function=chosen_function(function), municipality=municipality)
    sync_groups(membership)
    index_person(person.pk)
    return person


@transaction.atomic
def create_operator(*, email: str, first_name: str = "", last_name: str = "", password: str | None = None) -> Person:
    """An operator; call it while the platform's own row is bound. Idempotent. Raises ``ValueError`` elsewhere."""
    if not require_network().is_platform:
        raise ValueError("Operators belong to the platform's own row.")
    person = _account(email, first_name, last_name, password)
    if not Membership.objects.filter(person_id=person.pk, roles__contains=[Role.OPERATOR]).exists():
        _activate(person, [Role.OPERATOR])
        record(action="operator.appointed", actor=None, subject=person)
    return person


def _account(email: str, first_name: str, last_name: str, password: str | None) -> Person:
    """The account with this address, visible in the bound network from now on, and its address verified."""
    address = normal_address(email)
    person_id = person_id_for_address(address)
    made = person_id is None
    if made:
        person_id = Person.objects.create_user(address, password, first_name=first_name, last_name=last_name).pk
    begin_membership(Person(pk=person_id))
    person = Person.objects.get(pk=person_id)
    if not EmailAddress.objects.filter(user_id=person.pk, verified=True).exists():
        if not made:  # whoever signed up with the address may be a stranger to its owner
            person.set_password(password)
            person.save(update_fields=["password"])
        EmailAddress.objects.update_or_create(user=person, email=address, defaults={"verified": True, "primary": True})
    return person


def _activate(person: Person, roles: Sequence[str]) -> Membership:
    membership = Membership.objects.select_related("person").get(person_id=person.pk)
    membership.state = MembershipState.ACTIVE
    membership.since = membership.since or timezone.now()
    membership.roles = [str(role) for role in roles]
    membership.save()
    return membership
