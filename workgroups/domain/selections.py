"""New members, of a group or of the network."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from uuid import UUID

from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from dkbm.core.views import number_from
from dkbm.notifications.selections import Choice, Selection
from dkbm.tenancy.enums import MembershipState
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor
from workgroups.enums import GroupMembershipState
from workgroups.models import GroupMembership

WEEKS = (1, 2, 4, 8, 26)


def _weeks(visitor: Visitor, group: int | None) -> list[Choice]:
    return [
        Choice(
            str(number),
            ngettext("Mitglied seit höchstens %(n)s Woche", "Mitglied seit höchstens %(n)s Wochen", number)
            % {"n": number},
        )
        for number in WEEKS
    ]


def _new(key: str, group: int | None) -> Collection[UUID]:
    begin = timezone.now() - datetime.timedelta(weeks=number_from(key))
    if group is not None:
        rows = GroupMembership.objects.filter(workgroup=group, state=GroupMembershipState.ACTIVE, since__gte=begin)
    else:
        members = Membership.objects.annotate(came=Coalesce("since", "created"))
        rows = members.filter(state=MembershipState.ACTIVE, came__gte=begin)
    return set(rows.order_by().values_list("person", flat=True))


SELECTIONS = (Selection("new", _("Neue Mitglieder"), _weeks, _new, order=40),)
