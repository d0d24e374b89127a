"""Writing the log."""

from __future__ import annotations

from typing import Any, Protocol

from dkbm.tenancy.models import Membership

from .actions import action_of
from .models import AuditEntry

OPERATOR = "operator"
"""Name of the value that the log itself adds."""


class Named(Protocol):
    """What the log knows of a person; accounts stands above it."""

    pk: Any

    @property
    def display_name(self) -> str: ...


def record(
    *, action: str, actor: Named | None, subject: Named | None = None, reason: str = "", **values: Any
) -> AuditEntry:
    """Write an entry into the bound network's log, in the caller's transaction.

    ``action``: key of a declared :class:`~dkbm.audit.actions.Action`, ``values``: what it declares, as plain JSON.
    ``actor``: ``None`` where a rule decided. The name of an operator, who does not belong to the network, is written
    into the entry: its managers could not read it otherwise. Raises ``UndeclaredAction``, and ``ValueError`` for
    missing or unknown values.
    """
    action_of(action).check(values)
    if actor is not None and not Membership.objects.filter(person_id=actor.pk).exists():
        values[OPERATOR] = actor.display_name
    return AuditEntry.objects.create(
        action=action,
        actor_id=actor.pk if actor else None,
        subject_id=subject.pk if subject else None,
        reason=reason,
        detail=values,
    )
