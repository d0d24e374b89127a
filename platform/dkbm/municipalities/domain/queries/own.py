"""The municipalities that the bound network looks after."""

from __future__ import annotations

from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import require_network
from dkbm.tenancy.visitor import Visitor

OWN = "municipalities.own"


def own_municipalities(visitor: Visitor) -> list[Municipality]:
    """By name, with what a map or a list says of them; one query a request."""
    rows = Municipality.objects.filter(network_slug=require_network().slug).only("slug", "name", "district_key")
    return visitor.remembered(OWN, lambda: list(rows))


def own_districts() -> frozenset[str]:
    """Official keys of those that are districts or cities of their own."""
    rows = Municipality.objects.filter(network_slug=require_network().slug).exclude(district_key="")
    return frozenset(rows.values_list("district_key", flat=True))
