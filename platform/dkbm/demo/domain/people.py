"""Demo accounts of the bound network. They share one password and exist in the profiles demo and test alone."""

from __future__ import annotations

from datetime import timedelta
from functools import cache

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from dkbm.accounts.domain.admission import request_membership
from dkbm.accounts.domain.people import create_member, create_operator, open_account
from dkbm.accounts.enums import TERMS_VERSION
from dkbm.accounts.models import Person, Profile, TermsAcceptance
from dkbm.cms.domain.provider import ProviderDetails, provider_row, save_provider, usual_privacy
from dkbm.demo.schemas import Account, NetworkPeople, Waiting
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import visitor_of
from forum.domain.reading import mark_all_read
from workgroups.domain.groups import put_in_group
from workgroups.models import GroupMembership, Workgroup

PASSWORD = "demo-passwort"  # noqa: S105 - known to everybody, in the demo alone
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
    return _with_password(create_operator(email=OPERATOR, first_name="Bente", last_name="Harms"))


def load_provider(operator: Person) -> None:
    """Who runs the demo, all of it invented; as for the operator's account."""
    details = ProviderDetails(
        name="Rechenzentrum Musterland (erfunden)",
        address="Beispielweg 1\n12345 Musterstadt",
        represented_by="Bente Harms",
        email=OPERATOR,
        phone="(030) 23125-000",
        privacy=usual_privacy(),
    )
    save_provider(row=provider_row(make=True), details=details, visitor=visitor_of(operator))


def _member(account: Account, municipality: Municipality | None) -> Person:
    since = timezone.now() - timedelta(days=account.joined)
    person = create_member(
        email=_address(account.login),
        first_name=account.first_name,
        last_name=account.last_name,
        function=account.function,
        municipality=municipality,
        roles=account.roles,
    )
    Membership.objects.filter(person=person).update(since=since)
    Profile.objects.filter(person=person).update(about=account.about or "")
    TermsAcceptance.objects.get_or_create(person=person, version=TERMS_VERSION)
    for seat in account.groups:
        row = put_in_group(workgroup=Workgroup.objects.get(slug=seat.group), person=person, office=seat.office or None)
        GroupMembership.objects.filter(pk=row.pk).update(since=since)
    return _with_password(person)


def _with_password(person: Person) -> Person:
    """The common password for an account that has none yet."""
    if not person.has_usable_password():
        person.password = password_hash()
        person.save(update_fields=["password"])
    return person


def _wait(waiting: Waiting, municipality: Municipality | None) -> None:
    """As if signed up with a verified address: the request is open and the managers have their mail."""
    address = open_account(
        email=_address(waiting.login),
        password=password_hash(),
        first_name=waiting.first_name,
        last_name=waiting.last_name,
        verified=True,
    )
    request_membership(person=address.user, function=waiting.function, municipality=municipality, choice=waiting.choice)


def have_read_everything(person: Person) -> None:
    """The person's last visit is now: what is written from here on is new."""
    mark_all_read(visitor=visitor_of(person))


def _address(login: str) -> str:
    return f"{login}@{require_network().slug}.example.org"
