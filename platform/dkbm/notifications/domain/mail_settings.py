"""What managers set for the mails of their network."""

from __future__ import annotations

from django.db import transaction

from dkbm.cms.domain.edits import note_edit
from dkbm.core.decisions import Refusal
from dkbm.notifications.domain.wishes import set_default_level
from dkbm.notifications.enums import Level
from dkbm.notifications.models import MailSettings
from dkbm.notifications.rules import may_manage_mails
from dkbm.tenancy.context import require_network
from dkbm.tenancy.locking import lock_for
from dkbm.tenancy.models import Network
from dkbm.tenancy.visitor import Visitor

PART = "mails"
"""Of the network's row, in the log of who changed what."""
MONTHS = 1
"""So long the text of a sent mail is kept where nobody has said otherwise."""
MOST_MONTHS = 12


def kept_months() -> int:
    months = MailSettings.objects.values_list("months", flat=True).first()
    return int(months or MONTHS)


@transaction.atomic
def save_mail_settings(*, level: Level, months: int, visitor: Visitor) -> None:
    """Raises ``Refusal``."""
    network = lock_for(visitor, Network(pk=require_network().id))
    decision = may_manage_mails(visitor)
    if not decision:
        raise Refusal(decision.reason)
    set_default_level(level)
    MailSettings.objects.update_or_create(defaults={"months": months})
    note_edit(network, visitor=visitor, part=PART)
