"""Becoming a member, and ceasing to be one."""

from __future__ import annotations

from dkbm.accounts.enums import Function
from dkbm.accounts.models import AdmissionRequest, Person
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.models import Membership


def request_membership(
    *, person: Person, function: Function, municipality: Municipality | None, choice: str = ""
) -> AdmissionRequest:
    raise NotImplementedError


def admit(*, membership: Membership, actor: Membership | None, reason: str = "") -> Membership:
    raise NotImplementedError


def refuse(*, membership: Membership, actor: Membership, reason: str) -> Membership:
    raise NotImplementedError


def leave(*, membership: Membership) -> Membership:
    raise NotImplementedError
