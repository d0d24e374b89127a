"""Mail domains whose people are admitted at once."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dkbm.accounts.errors import ensure
from dkbm.accounts.models import TrustedMailDomain
from dkbm.accounts.rules import may_manage_people
from dkbm.audit.log import record
from dkbm.core.addresses import normal_domain
from dkbm.tenancy.visitor import Visitor

FREE_MAIL = frozenset(
    [
        *("aol.com", "aol.de", "freenet.de", "gmail.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.com"),
        *("hotmail.de", "icloud.com", "mail.de", "mailbox.org", "outlook.com", "outlook.de", "posteo.de"),
        *("proton.me", "protonmail.com", "t-online.de", "web.de", "yahoo.com", "yahoo.de"),
    ]
)
"""Anybody gets an address there, so trusting them would open the network to all."""


@transaction.atomic
def trust_domain(*, domain: str, visitor: Visitor) -> TrustedMailDomain:
    """Admit people with verified addresses of ``domain`` from now on. ``@`` in front is taken off.

    Raises ``NotAllowed``, or ``ValidationError`` for a malformed, a free-mail or an already trusted domain.
    """
    ensure(may_manage_people(visitor))
    name = normal_domain(domain.strip().rpartition("@")[2])
    if name in FREE_MAIL:
        raise ValidationError(
            _(
                "Eine Adresse mit dieser Domain kann sich jede Person einrichten. Bitte tragen Sie Domains "
                "Ihrer Kommunen ein."
            )
        )
    entry = TrustedMailDomain(domain=name, added_by_id=visitor.person_id)
    entry.clean_fields(exclude=["network", "added_by"])
    try:
        with transaction.atomic():
            entry.save()
    except IntegrityError:
        raise ValidationError(_("Diese Domain steht schon auf der Liste.")) from None
    record(action="domain.trusted", actor=visitor.person, domain=name)
    return entry


@transaction.atomic
def distrust_domain(*, entry: TrustedMailDomain, visitor: Visitor) -> None:
    """Who is a member stays one. Raises ``NotAllowed``."""
    ensure(may_manage_people(visitor))
    record(action="domain.distrusted", actor=visitor.person, domain=entry.domain)
    entry.delete()
