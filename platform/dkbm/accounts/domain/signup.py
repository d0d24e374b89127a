"""Signing up: one answer for everybody, whether the address is known here, elsewhere or nowhere."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from dkbm.accounts.domain import join_links, mails
from dkbm.accounts.domain.admission import request_membership
from dkbm.accounts.domain.confirmation import send_link
from dkbm.accounts.domain.errands import leave
from dkbm.accounts.domain.people import is_deliverable, open_account
from dkbm.accounts.enums import TERMS_VERSION, AdmissionState, ErrandKind
from dkbm.accounts.models import AdmissionRequest, Person
from dkbm.core.addresses import normal_address
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.locking import lock
from dkbm.tenancy.models import Membership
from dkbm.tenancy.people import person_id_for_address


@dataclass(frozen=True)
class Application:
    """What somebody typed at sign-up. ``choice``: value of the sign-up choice, '' for none."""

    first_name: str
    last_name: str
    email: str
    password: str
    function: str
    municipality: Municipality | None
    choice: str = ""
    terms_version: str = TERMS_VERSION


def sign_up(application: Application) -> str:
    """Leave it to the worker: whatever the address, the request hashes the password and writes one row.

    Returns what the browser's session keeps: it fits an account as long as its password is the one typed here. Somebody
    else's later sign-up with the address sets another one (``confirmation.has_signed_up``).
    """
    details = {field.name: getattr(application, field.name) for field in fields(application)}
    details["password"] = make_password(application.password)
    details["municipality"] = application.municipality.pk if application.municipality else None
    leave(kind=ErrandKind.SIGN_UP, address=details.pop("email"), details=details)
    return Person(password=details["password"]).get_session_auth_hash()


def finish_sign_up(address: str, details: dict[str, Any]) -> None:
    """Open an account that waits for its address to be verified, or write to the owner of a known address.

    Known here: a mail says so. Known here but never verified: the new sign-up takes the place of the old one.
    Known in another network: a mail with a link that asks for membership here.
    """
    place = Municipality.objects.filter(pk=details["municipality"]).first() if details["municipality"] else None
    password = details["password"]
    application = Application(**{**details, "email": address, "municipality": place, "password": ""})
    try:
        _sign_up(application, password)
    except IntegrityError:  # the same address at the same moment: now it is known
        _sign_up(application, password)


@transaction.atomic
def _sign_up(application: Application, password: str) -> None:
    email = normal_address(application.email)
    if not is_deliverable(email):  # accounts that stand for a function have such addresses, and nobody owns them
        return
    person_id = person_id_for_address(email)
    if person_id is None:
        _open_account(application, email, password)
        return
    membership = (
        Membership.objects.select_related("person")
        .filter(person_id=person_id, state__in=[MembershipState.ACTIVE, MembershipState.REQUESTED])
        .first()
    )
    if membership is None:
        _offer_membership(application, email)
        return
    person = lock(membership.person)  # nobody verifies the address while its password is replaced
    if not _is_unconfirmed(membership):
        mails.send_account_known(address=email)
    elif EmailAddress.objects.filter(user_id=person_id, verified=True).exists():
        # Verified in another network meanwhile: the owner of the mailbox has the request opened here too.
        _offer_membership(application, email)
    else:
        _replace_unverified(application, person, password)


def _is_unconfirmed(membership: Membership) -> bool:
    """Signed up for, and nothing else: a member is never replaced, whatever is known about the address."""
    requests = AdmissionRequest.objects.filter(membership=membership, state=AdmissionState.UNCONFIRMED)
    return membership.is_waiting and requests.exists()


def _open_account(application: Application, email: str, password: str) -> None:
    address = open_account(
        email=email, password=password, first_name=application.first_name, last_name=application.last_name
    )
    _request(application, address.user)
    send_link(address)


def _replace_unverified(application: Application, person: Person, password: str) -> None:
    """Nobody has proven to own the address, so the last sign-up counts; earlier links stop working.

    It may be a stranger's: whoever confirms chooses the password, unless they show that it is theirs.
    """
    person.first_name, person.last_name, person.password = application.first_name, application.last_name, password
    person.save()
    address = EmailAddress.objects.filter(user_id=person.pk).first()
    if address is None:
        address = EmailAddress.objects.create(user=person, email=person.email, primary=True, verified=False)
    address.user = person
    _request(application, person)
    send_link(address)


def _offer_membership(application: Application, email: str) -> None:
    if join_links.is_invited(email):  # the mail is there already, and its link can more
        return
    join_links.send(
        email=email,
        suggested={
            "function": application.function,
            "municipality": application.municipality.pk if application.municipality else None,
            "choice": application.choice,
        },
    )


def _request(application: Application, person: Person) -> None:
    request_membership(
        person=person,
        function=application.function,
        municipality=application.municipality,
        choice=application.choice,
        terms_version=application.terms_version,
    )
