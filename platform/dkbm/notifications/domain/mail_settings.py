"""What managers set for the mails of their network."""

from __future__ import annotations

from django.db import transaction

from dkbm.core.decisions import Refusal
from dkbm.notifications.domain.wishes import set_default_level
from dkbm.notifications.enums import Level
from dkbm.notifications.models import MailSettings
from dkbm.notifications.rules import may_manage_mails
from dkbm.tenancy.visitor import Visitor

MONTHS = 1
"""So long the text of a sent mail is kept where nobody has said otherwise."""
MOST_MONTHS = 12


def kept_months() -> int:
    months = MailSettings.objects.values_list("months", flat=True).first()
    return int(months or MONTHS)


@transaction.atomic
def save_mail_settings(*, level: Level, months: int, visitor: Visitor) -> None:
    """Raises ``Refusal``."""
    decision = may_manage_mails(visitor)
    if not decision:
        raise Refusal(decision.reason)
    set_default_level(level)
    MailSettings.objects.update_or_create(defaults={"months": months})
