"""The log of what was decided about people and access."""

from __future__ import annotations

from typing import Any

from dkbm.accounts.models import Person
from dkbm.tenancy.models import AuditEntry, Membership


def record(
    *, action: str, actor: Person | None, subject: Person | None = None, reason: str = "", **detail: Any
) -> AuditEntry:
    """Write an entry into the bound network's log, in the caller's transaction.

    ``action``: ``area.verb``, see :mod:`dkbm.accounts.domain.queries.audit` for the sentences. ``actor``:
    ``None`` where a rule decided. ``detail``: plain JSON values. The name of an operator, who does not belong
    to the network, is written into the entry: its managers could not read it otherwise.
    """
    if actor is not None and not Membership.objects.filter(person_id=actor.pk).exists():
        detail["operator"] = actor.display_name
    return AuditEntry.objects.create(
        action=action,
        actor_id=actor.pk if actor else None,
        subject_id=subject.pk if subject else None,
        reason=reason,
        detail=detail,
    )
