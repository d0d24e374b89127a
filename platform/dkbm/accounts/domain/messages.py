"""Members write to each other: a mail through the network, so that nobody has to show an address."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from dkbm.accounts.domain import mails
from dkbm.accounts.domain.queries.membership import member_with
from dkbm.accounts.errors import MessageRefusal
from dkbm.accounts.models import Person
from dkbm.accounts.rules import may_write_to
from dkbm.core.decisions import Decision, refused
from dkbm.notifications.domain.wishes import wants
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor


def can_write_to(visitor: Visitor, membership: Membership) -> Decision:
    """``rules.may_write_to``, and whether the person wants messages; one query."""
    decision = may_write_to(visitor, membership)
    if decision and not wants(kind=mails.MESSAGE, person=membership.person):
        return refused(_("Diese Person möchte keine Nachrichten von Mitgliedern bekommen."))
    return decision


@transaction.atomic
def write_to(*, visitor: Visitor, person: Person, subject: str, text: str, shows_address: bool) -> None:
    """Mail ``text`` to the member ``person``. ``shows_address``: answers go to the sender's own address.

    Raises ``MessageRefusal``.
    """
    membership = member_with(person.pk)
    decision = can_write_to(visitor, membership) if membership else refused(_("Diese Person ist kein Mitglied mehr."))
    if not decision or membership is None:
        raise MessageRefusal(decision.reason)
    mails.tell_message(
        sender=visitor.person, to=membership.person, subject=subject, text=text, shows_address=shows_address
    )
