"""Roles of members: editors and managers of a network."""

from __future__ import annotations

from django.db import transaction

from dkbm.accounts.domain import mails
from dkbm.accounts.errors import ensure
from dkbm.accounts.hooks import run_role_lost
from dkbm.accounts.rules import may_change_role, may_give_up_manager
from dkbm.audit.log import record
from dkbm.cms.roles import sync_groups
from dkbm.live.broadcast import rights_changed_on_commit
from dkbm.tenancy.enums import Role
from dkbm.tenancy.locking import lock
from dkbm.tenancy.models import Membership
from dkbm.tenancy.visitor import Visitor


def lock_with_managers(membership: Membership) -> Membership:
    """For steps that may cost a manager: all managers' rows are locked in one order, so that two cannot go at once."""
    managers = Membership.objects.select_for_update().filter(roles__contains=[Role.MANAGER])
    list(managers.order_by("pk").values_list("pk", flat=True))
    return lock(membership, "person")


@transaction.atomic
def grant_role(*, membership: Membership, role: str, visitor: Visitor, reason: str) -> Membership:
    """Give an active member a role; sets the Wagtail groups, logs, tells the person. Raises ``NotAllowed``."""
    locked = _lock(membership, visitor)
    ensure(may_change_role(visitor, locked, role))
    if role in locked.roles:
        return locked
    locked.roles = [*locked.roles, str(role)]
    return _changed(locked, role, visitor, reason, granted=True)


@transaction.atomic
def revoke_role(*, membership: Membership, role: str, visitor: Visitor, reason: str) -> Membership:
    """Take a role away; the last manager keeps it. Raises ``NotAllowed``."""
    locked = _lock(membership, visitor)
    ensure(may_change_role(visitor, locked, role))
    if role not in locked.roles:
        return locked
    if role == Role.MANAGER:
        ensure(may_give_up_manager(locked, visitor))
    locked.roles = [kept for kept in locked.roles if kept != role]
    return _changed(locked, role, visitor, reason, granted=False)


def _lock(membership: Membership, visitor: Visitor) -> Membership:
    locked = lock_with_managers(membership)
    visitor.look_again()
    return locked


def _changed(membership: Membership, role: str, visitor: Visitor, reason: str, *, granted: bool) -> Membership:
    membership.save()
    sync_groups(membership)
    rights_changed_on_commit(membership.person_id)
    action = "role.granted" if granted else "role.revoked"
    record(action=action, actor=visitor.person, subject=membership.person, reason=reason, role=str(role))
    mails.tell_role(membership=membership, role=role, granted=granted, reason=reason)
    if not granted:
        run_role_lost(membership)
    return membership
