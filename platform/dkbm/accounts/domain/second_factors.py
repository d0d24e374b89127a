"""Second factors from outside: somebody lost theirs; ``SECRET_KEY`` changed, under which they are stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.utils.translation import gettext as _

from dkbm.accounts.domain import mails
from dkbm.accounts.models import Person
from dkbm.accounts.secrets import renew
from dkbm.audit.log import record

ENCRYPTED = ("secret", "seed")
"""What of an authenticator's data is encrypted; ``migrated_codes`` is a list of such texts."""


@dataclass(frozen=True)
class Renewal:
    renewed: int
    unreadable: int


@transaction.atomic
def take_second_factor_away(*, person: Person, reason: str) -> bool:
    """Delete the person's second factor with its recovery codes, log it in the bound network, write to the person.

    For the operation, who made sure beforehand that it really is this person who asks. False: there was none.
    """
    deleted, _rows = Authenticator.objects.filter(user=person).delete()
    if not deleted:
        return False
    record(action="person.second_factor_removed", actor=None, subject=person, reason=reason)
    what = _("Der Betrieb hat Ihre zweite Stufe beim Einloggen abgeschaltet")
    mails.send_account_changed(email=person.email, what=what)
    return True


@transaction.atomic
def renew_second_factors() -> Renewal:
    """Encrypt all second factors with the ``SECRET_KEY`` of today that are not.

    Call as the owner: people who belong to no network just now are to get in again later, too. Whoever uses a code
    at this very moment may write the old form back, so the second run is the one that says that nothing is left.
    """
    renewed = unreadable = 0
    for authenticator in Authenticator.objects.select_for_update().order_by("pk"):
        try:
            data = _renewed(authenticator.data)
        except InvalidToken:
            unreadable += 1
            continue
        if data != authenticator.data:
            authenticator.data = data
            authenticator.save(update_fields=["data"])
            renewed += 1
    return Renewal(renewed, unreadable)


def _renewed(data: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {name: renew(data[name]) for name in ENCRYPTED if name in data}
    if "migrated_codes" in data:
        changed["migrated_codes"] = [renew(code) for code in data["migrated_codes"]]
    return {**data, **changed}
