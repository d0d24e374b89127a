"""Demo accounts of the bound network. They share one password and exist in the profiles demo and test alone."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from dkbm.accounts.domain.admission import request_membership
from dkbm.accounts.models import Person, Profile, TermsAcceptance
from dkbm.accounts.terms import VERSION
from dkbm.cms.roles import sync_groups
from dkbm.demo.schemas.people import Account, NetworkPeople, Waiting
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network
from dkbm.tenancy.enums import MembershipState, Role
from dkbm.tenancy.models import Membership
from forum.domain.reading import mark_all_read
from workgroups.domain.groups import put_in_group
from workgroups.models import GroupMembership, Workgroup

PASSWORD = "demo-passwort"
OPERATOR = "betrieb@example.org"


@cache
def password_hash() -> str:
    """One for all accounts: hashing forty passwords would take longer than loading the rest."""
    return make_password(PASSWORD)


def load_people(entry: NetworkPeople) -> dict[str, Person]:
    """Accounts with roles, groups and offices, and those who wait for admission. Login -> person."""
    municipalities = {row.slug: row for row in Municipality.objects.all()}
    people = {}
    for account in entry.accounts:
        people[account.login] = _member(account, municipalities.get(account.municipality or ""))
    for waiting in entry.waiting:
        _wait(waiting, municipalities.get(waiting.municipality or ""))
    return people


def load_operator() -> Person:
    """The operator's account; call it with the platform's own row bound."""
    person = _person(OPERATOR, "Bente", "Harms")
    membership, _new = Membership.objects.get_or_create(person=person)
    membership.state, membership.roles, membership.since = MembershipState.ACTIVE, [Role.OPERATOR], timezone.now()
    membership.save()
    _verified(person)
    return person


def _member(account: Account, municipality: Municipality | None) -> Person:
    since = timezone.now() - timedelta(days=account.joined)
    person = _person(_address(account.login), account.first_name, account.last_name)
    membership, _new = Membership.objects.get_or_create(person=person)
    membership.state, membership.roles, membership.since = MembershipState.ACTIVE, list(account.roles), since
    membership.save()
    Profile.objects.update_or_create(
        person=person,
        defaults={"function": account.function, "municipality": municipality, "about": account.about or ""},
    )
    TermsAcceptance.objects.get_or_create(person=person, version=VERSION)
    _verified(person)
    sync_groups(membership)
    for seat in account.groups:
        row = put_in_group(workgroup=Workgroup.objects.get(slug=seat.group), person=person, office=seat.office or None)
        GroupMembership.objects.filter(pk=row.pk).update(since=since)
    return person


def _wait(waiting: Waiting, municipality: Municipality | None) -> None:
    """As if signed up with a verified address: the request is open and the managers have their mail."""
    person = _person(_address(waiting.login), waiting.first_name, waiting.last_name)
    Membership.objects.get_or_create(person=person)
    _verified(person)
    request_membership(person=person, function=waiting.function, municipality=municipality, choice=waiting.choice)


def have_read_everything(person: Person) -> None:
    """The person's last visit is now: what is written from here on is new."""
    mark_all_read(person=person, membership=Membership.objects.get(person=person))


def _address(login: str) -> str:
    return f"{login}@{require_network().slug}.example.org"


def _person(email: str, first_name: str, last_name: str) -> Person:
    person: Person | None = Person.objects.filter(email=email).first()
    if person is None:
        person = Person(email=email, first_name=first_name, last_name=last_name, password=password_hash())
        person.save(force_insert=True)
    return person


def _verified(person: Person) -> None:
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})
