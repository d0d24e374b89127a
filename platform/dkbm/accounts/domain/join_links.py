"""Links for the owner of a mailbox: become a member here with the account you have, or with a new one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils import timezone

from dkbm.accounts.domain import mails
from dkbm.accounts.domain.admission import admit_invited, begin_membership, request_membership
from dkbm.accounts.domain.confirmation import verify
from dkbm.accounts.enums import TERMS_VERSION
from dkbm.accounts.models import JoinLink, Person
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.models import Membership
from dkbm.tenancy.people import has_verified_account, person_id_for_address
from dkbm.tenancy.signed_links import LinkUnusable, SignedLink

MAX_AGE = timedelta(days=7)
# Links from before an update have no network in them; their row is looked for in the bound one all the same.
_read_unbound = partial(signing.loads, salt="dkbm.accounts.join", max_age=MAX_AGE)
LINK = SignedLink("accounts.join", max_age=MAX_AGE, earlier=_read_unbound)


@dataclass(frozen=True)
class Joining:
    """What the link's page asks. Name and password only where nobody has verified the address yet."""

    function: str
    municipality: Municipality | None
    choice: str = ""
    first_name: str = ""
    last_name: str = ""
    password: str = ""
    terms_version: str = TERMS_VERSION


def send(
    *, email: str, suggested: dict[str, Any] | None = None, admits: bool = False, roles: tuple[str, ...] = ()
) -> JoinLink:
    """Write the link's row and mail it; earlier unused links of the same kind to the address stop working."""
    JoinLink.objects.filter(email=email, admits=admits, used=None).update(used=timezone.now())
    link = JoinLink.objects.create(email=email, suggested=suggested or {}, admits=admits, roles=list(roles))
    mails.send_join_link(link=link, token=token_for(link))
    return link


def is_invited(email: str) -> bool:
    """Whether a link that admits waits in this mailbox."""
    invited = JoinLink.objects.filter(email=email, admits=True, used=None)
    return invited.filter(created__gt=timezone.now() - MAX_AGE).exists()


def open_invitations() -> list[JoinLink]:
    """Links that admit and wait in a mailbox, the newest first."""
    waiting = JoinLink.objects.filter(admits=True, used=None, created__gt=timezone.now() - MAX_AGE)
    return list(waiting.order_by("-created"))


def token_for(link: JoinLink) -> str:
    return LINK.sign(link.pk)


def link_for(token: str, *, lock: bool = False) -> JoinLink:
    """The unused link. Raises :class:`LinkUnusable`, with ``used`` for one that did its work."""
    link_id = LINK.read(token)
    links = JoinLink.objects.select_for_update() if lock else JoinLink.objects.all()
    link = links.filter(pk=link_id).first()
    if link is None:  # of another network
        raise LinkUnusable("invalid")
    if link.used is not None:
        raise LinkUnusable("used")
    return link


def needs_password(link: JoinLink) -> bool:
    """True where no account has this address verified: name and password are asked then."""
    return not has_verified_account(link.email)


def accept(token: str, joining: Joining) -> Membership:
    """Use the link up: account where there is none, membership, profile, terms, and admission for invited people.

    Returns the membership in the bound network. Raises :class:`LinkUnusable`.
    """
    try:
        return _accept(token, joining)
    except IntegrityError:  # another link to this mailbox at the same moment: now its rows are there
        return _accept(token, joining)


@transaction.atomic
def _accept(token: str, joining: Joining) -> Membership:
    link = link_for(token, lock=True)
    fresh = needs_password(link)
    person = _person(link)
    begin_membership(person)
    person = Person.objects.get(pk=person.pk)
    if fresh:
        _take_over(person, link, joining)
    link.used = timezone.now()
    link.save()
    request = request_membership(
        person=person,
        function=joining.function,
        municipality=joining.municipality,
        choice=joining.choice,
        terms_version=joining.terms_version,
        announce=not link.admits,
    )
    if link.admits:
        return admit_invited(membership=request.membership, roles=link.roles)
    return Membership.objects.get(pk=request.membership_id)


def _person(link: JoinLink) -> Person:
    """The account with this address, wherever it belongs; made now where there is none."""
    person_id = person_id_for_address(link.email)
    if person_id is not None:
        return Person(pk=person_id)  # cannot be read before it belongs here
    person = Person(email=link.email)
    person.set_unusable_password()
    person.save(force_insert=True)
    return person


def _take_over(person: Person, link: JoinLink, joining: Joining) -> None:
    """The mailbox's owner sets name and password; whoever typed the address somewhere before keeps nothing."""
    person.first_name, person.last_name = joining.first_name, joining.last_name
    person.set_password(joining.password)
    person.save()
    address = EmailAddress.objects.filter(user_id=person.pk, email=link.email).first()
    verify(address or EmailAddress(user=person, email=link.email))
