"""How many would be told in which way, before anything is told: asks the function that decides when it is."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib.auth import get_user_model

from dkbm.notifications.domain.deciding import Because, decide
from dkbm.notifications.enums import MAILED, Level
from dkbm.notifications.kinds import kind_of
from dkbm.notifications.models import DeadAddress
from dkbm.notifications.scopes import NETWORK, Within


@dataclass(frozen=True)
class Forecast:
    """Ids of people. ``undeliverable``: they would be mailed, but nothing arrives at their address; in no level."""

    by_level: dict[Level, list[UUID]] = field(default_factory=dict)
    undeliverable: list[UUID] = field(default_factory=list)


def forecast(
    *, kind: str, people: Collection[UUID], scope: Within = NETWORK, because: Because | None = None
) -> Forecast:
    """What ``tell`` would do with the same arguments now; two queries, however many people."""
    found = Forecast({level: [] for level in Level})
    unreachable = _at_dead_addresses(people)
    for person_id, ruling in decide(kind_of(kind), people, scope, because).items():
        if ruling.level in MAILED and person_id in unreachable:
            found.undeliverable.append(person_id)
        else:
            found.by_level[ruling.level].append(person_id)
    return found


def _at_dead_addresses(people: Collection[UUID]) -> set[UUID]:
    """As ``undeliverable.at_dead_address`` sees it when a mail is to leave."""
    dead = DeadAddress.objects.filter(dead__isnull=False).order_by().values("address")
    rows = get_user_model()._default_manager.filter(pk__in=people, email__in=dead)
    return set(rows.order_by().values_list("pk", flat=True))
