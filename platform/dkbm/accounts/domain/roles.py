"""Roles of members."""

from __future__ import annotations

from dkbm.tenancy.enums import Role
from dkbm.tenancy.models import Membership


def grant_role(*, membership: Membership, role: Role, actor: Membership, reason: str) -> Membership:
    raise NotImplementedError


def revoke_role(*, membership: Membership, role: Role, actor: Membership, reason: str) -> Membership:
    raise NotImplementedError
