"""Verifying a mail address by a link: signed, for three days, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from dkbm.accounts.domain.admission import address_confirmed
from dkbm.accounts.domain.mails import send_confirmation
from dkbm.accounts.errors import NotAllowed
from dkbm.accounts.models import Person
from dkbm.notifications.domain.undeliverable import try_again
from dkbm.tenancy.locking import lock
from dkbm.tenancy.models import Membership
from dkbm.tenancy.people import person_id_for_address
from dkbm.tenancy.signed_links import LinkUnusable, SignedLink

SALT = "dkbm.accounts.confirmation"
MAX_AGE = timedelta(days=settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS)
# Links from before an update have no network in them; their address is looked for in the bound one all the same.
_read_unbound = partial(signing.loads, salt=SALT, max_age=MAX_AGE)
LINK = SignedLink("accounts.confirmation", max_age=MAX_AGE, earlier=_read_unbound)


def send_link(address: EmailAddress) -> None:
    """Mail the link; an earlier one keeps working as long as the password stays the same."""
    send_confirmation(address=address.email, token=token_for(address))


def send_again(email: str, details: dict[str, Any]) -> None:
    """The errand of a sign-in before the address is verified, and of a new address."""
    address = EmailAddress.objects.filter(pk=details["address"], email=email, verified=False).first()
    if address is not None and address.user is not None:
        send_link(address)


def token_for(address: EmailAddress) -> str:
    return LINK.sign([address.pk, _fingerprint(address, settings.SECRET_KEY)])


def address_for(token: str) -> EmailAddress:
    """The address that the link would verify. Raises :class:`LinkUnusable`, also with ``used`` and ``replaced``."""
    address_id, fingerprint = LINK.read(token)
    address = EmailAddress.objects.select_related("user").filter(pk=address_id).first()
    if address is None or address.user is None:
        raise LinkUnusable("invalid")
    if address.verified:
        raise LinkUnusable("used")
    # Somebody else may have signed up with this address before its owner did: a repeated sign-up sets a new
    # password, and only the link that was mailed with it counts.
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(fingerprint, _fingerprint(address, key)) for key in keys):
        raise LinkUnusable("replaced")
    return address


@dataclass(frozen=True)
class Opener:
    """Who opens the link: who is signed in, and the proof of a sign-up that the browser keeps (``signup.sign_up``)."""

    person_id: int | None = None
    proof: str = ""

    def knows_password(self, person: Person) -> bool:
        return self.person_id == person.pk or has_signed_up(person, self.proof)


def needs_password(address: EmailAddress, opener: Opener) -> bool:
    """Whether the mailbox's owner chooses a password, because a stranger may have typed the one that the account has.

    Raises :class:`LinkUnusable` with ``sign_in`` for the new address of an account in use: its owner signs in.
    """
    if opener.knows_password(address.user):
        return False
    if EmailAddress.objects.filter(user_id=address.user_id, verified=True).exists():
        raise LinkUnusable("sign_in")
    return True


def confirm(token: str, *, opener: Opener, password: str = "") -> Membership | None:
    """Verify the address, make it the person's only one, and open the waiting request.

    ``password``: the owner's choice, see :func:`needs_password`. Returns the person's membership in the bound
    network. Raises :class:`LinkUnusable`, with ``taken`` where the address has become somebody else's meanwhile.
    """
    try:
        with transaction.atomic():
            lock(address_for(token).user)  # no other sign-up sets its password meanwhile
            address = address_for(token)
            if person_id_for_address(address.email) not in {None, address.user_id}:
                raise LinkUnusable("taken")
            if needs_password(address, opener):
                _choose_password(address.user, password)
            verify(address)
            try_again(address=address.email)
            return address_confirmed(address.user)
    except IntegrityError:
        raise LinkUnusable("taken") from None


def _choose_password(person: Person, password: str) -> None:
    if not password:
        raise NotAllowed(_("Bitte legen Sie Ihr Passwort fest."))
    person.set_password(password)
    person.save(update_fields=["password"])


def confirm_own_request(person: Person) -> Membership | None:
    """What the link would do, for somebody who has signed in with an address that another network's link verified.

    Returns the person's membership in the bound network. Raises :class:`NotAllowed` without a verified address.
    """
    if not EmailAddress.objects.filter(user_id=person.pk, verified=True).exists():
        raise NotAllowed(_("Bitte bestätigen Sie zuerst Ihre E-Mail-Adresse."))
    return address_confirmed(person)


def verify(address: EmailAddress) -> None:
    """Mark as verified and primary; the person's other addresses go."""
    person: Person = address.user
    EmailAddress.objects.filter(user_id=person.pk).exclude(pk=address.pk).delete()
    address.verified = address.primary = True
    address.save()
    if person.email != address.email:
        person.email = address.email
        person.save(update_fields=["email"])


def _fingerprint(address: EmailAddress, key: str) -> str:
    return salted_hmac(SALT, f"{address.email}:{address.user.password}", secret=key).hexdigest()[:20]


def has_signed_up(person: Person, proof: str) -> bool:
    """Whether ``proof`` (of ``signup.sign_up``) is of this account with its present password."""
    return bool(proof) and constant_time_compare(proof, person.get_session_auth_hash())
