"""The part of an address that is made of a title, once among those that it could be mistaken for."""

from __future__ import annotations

from collections.abc import Collection
from itertools import count
from typing import Any

from django.db.models import QuerySet


def free_slug(base: str, rows: QuerySet[Any], *, reserved: Collection[str] = ()) -> str:
    """``base``, with a number behind it where one of ``rows`` has that slug or it is ``reserved``."""
    return numbered(base, {*rows.filter(slug__startswith=base).values_list("slug", flat=True), *reserved})


def numbered(base: str, taken: Collection[str]) -> str:
    """``base``, or the first of base-2, base-3 … that is not ``taken``."""
    if base not in taken:
        return base
    return next(slug for number in count(2) if (slug := f"{base}-{number}") not in taken)
