"""Somebody lost the authenticator app and the recovery codes."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from dkbm.accounts.domain import mails
from dkbm.accounts.models import Person
from dkbm.audit.log import record


@transaction.atomic
def take_second_factor_away(*, person: Person, reason: str) -> bool:
    """Delete the person's second factor with its recovery codes, log it in the bound network, write to the person.

    For the operation, who made sure beforehand that it really is this person who asks. False: there was none.
    """
    deleted, _rows = Authenticator.objects.filter(user=person).delete()
    if not deleted:
        return False
    record(action="person.second_factor_removed", actor=None, subject=person, reason=reason)
    what = _("Der Betrieb hat die zweite Stufe Ihrer Anmeldung abgeschaltet")
    mails.send_account_changed(email=person.email, what=what)
    return True
