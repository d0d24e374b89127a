"""Doors of the operators: numbers of all networks at once, and one network after entering it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.db.models import Aggregate, Q

from .context import BoundNetwork, bind, bind_all
from .hosts import network_by_id
from .models import Membership

Row = TypeVar("Row")


def membership_numbers(among: Q, **numbers: Aggregate) -> dict[int, dict[str, Any]]:
    """Aggregates over the memberships of each network: its id -> their values. Networks without any are left out.

    ``among``: the memberships that count. What people are is known above; what leaves here is numbers.
    """
    with bind_all("operators: numbers of all networks"):
        rows = Membership.objects.filter(among).order_by().values("network_id").annotate(**numbers)
        return {row["network_id"]: row for row in rows}


def public_rows(rows: Callable[[], Iterable[Row]]) -> list[Row]:
    """Rows of all networks that everybody may read anyway, for the operators' list."""
    with bind_all("operators: public rows of all networks"):
        return list(rows())


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
