"""Membership rows held until the transaction ends."""

from __future__ import annotations

from django.db.models import QuerySet

from dkbm.tenancy.enums import Role
from dkbm.tenancy.models import Membership


def lock(membership: Membership) -> Membership:
    """The row as it is now, with its person."""
    rows: QuerySet[Membership] = Membership.objects.select_for_update(of=("self",)).select_related("person")
    return rows.get(pk=membership.pk)


def lock_with_managers(membership: Membership) -> Membership:
    """For steps that may cost a manager: all managers' rows are locked in one order, so that two cannot go at once."""
    managers = Membership.objects.select_for_update().filter(roles__contains=[Role.MANAGER])
    list(managers.order_by("pk").values_list("pk", flat=True))
    return lock(membership)
