"""An operator says who runs the installation."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from dkbm.accounts.errors import NotAllowed
from dkbm.audit.log import record
from dkbm.cms.domain.provider import ProviderDetails, provider_row, save_provider
from dkbm.tenancy.locking import lock_for
from dkbm.tenancy.visitor import Visitor


@transaction.atomic
def change_provider(*, details: ProviderDetails, visitor: Visitor) -> None:
    """On the front door. Raises ``NotAllowed``."""
    row = lock_for(visitor, provider_row(make=True))
    if not visitor.is_operator:
        raise NotAllowed(_("Das darf nur der Betrieb."))
    save_provider(row=row, details=details, visitor=visitor)
    record(action="provider.changed", actor=visitor.person)
