"""The cache holds what must not be lost within the hour."""

from __future__ import annotations

from django.core.cache import cache

from dkbm.tenancy.context import BoundNetwork


def test_rate_limits_are_not_thrown_out_by_a_few_hundred_entries(in_niedersachsen: BoundNetwork) -> None:
    cache.set("first", 1)
    cache.set_many({f"entry-{number}": number for number in range(400)})
    assert cache.get("first") == 1
