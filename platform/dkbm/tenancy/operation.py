"""Doors of the operators: numbers of all networks at once, and one network after entering it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from .context import BoundNetwork, bind, bind_all
from .enums import MembershipState, Role
from .hosts import network_by_id
from .models import Membership, Network, NetworkHost, as_bound


@dataclass(frozen=True)
class NetworkNumbers:
    """A line of the operators' list. ``last_activity``: the last sign-in of anybody, ``None`` without one."""

    network: BoundNetwork
    members: int
    managers: int
    waiting: int
    last_activity: datetime | None


def network_numbers() -> list[NetworkNumbers]:
    """Members, open requests and last activity of every network, by name."""
    active, waiting = Q(state=MembershipState.ACTIVE), Q(state=MembershipState.REQUESTED)
    with bind_all("operators: numbers of all networks"):
        rows = {
            row["network_id"]: row
            for row in Membership.objects.filter(person__stands_for_function=False)
            .order_by()
            .values("network_id")
            .annotate(
                members=Count("pk", filter=active, distinct=True),
                managers=Count("pk", filter=active & Q(roles__contains=[Role.MANAGER]), distinct=True),
                waiting=Count("pk", filter=waiting & Q(person__emailaddress__verified=True), distinct=True),
                last=Max("person__last_login"),
            )
        }
        hosts = NetworkHost.objects.select_related("network").filter(is_primary=True).order_by("network__name")
        return [_numbers(host.network, host.host, rows.get(host.network_id, {})) for host in hosts]


def _numbers(network: Network, host: str, row: dict) -> NetworkNumbers:
    return NetworkNumbers(
        network=as_bound(network, host),
        members=row.get("members", 0),
        managers=row.get("managers", 0),
        waiting=row.get("waiting", 0),
        last_activity=row.get("last"),
    )


@contextmanager
def inside(network_id: int) -> Iterator[BoundNetwork]:
    """Work inside one network, for an operator who has entered it (``accounts.domain.operation`` checks that).

    Raises ``LookupError`` for a network that does not exist.
    """
    network = network_by_id(network_id)
    if network is None or network.is_platform:
        raise LookupError(network_id)
    with bind(network):
        yield network
