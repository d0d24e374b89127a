"""Rows as they are now, held until the transaction ends: before a domain function decides, it locks and reads anew."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from django.db import models, transaction

from .visitor import Visitor

Row = TypeVar("Row", bound=models.Model)


def lock(row: Row, *related: str) -> Row:
    """A fresh copy of ``row``, locked alone, with ``related`` loaded as by ``select_related``.

    In the bound network's scope, and only inside a transaction. Raises the model's ``DoesNotExist`` when it is gone.
    """
    rows: models.QuerySet[Row] = row.__class__._default_manager.select_for_update(of=("self",))
    return rows.select_related(*related).get(pk=row.pk) if related else rows.get(pk=row.pk)


def lock_for(visitor: Visitor, row: Row, *related: str) -> Row:
    """:func:`lock`, before a rule is asked about the row: what the visitor is by now is read anew as well."""
    locked = lock(row, *related)
    visitor.look_again()
    return locked


@contextmanager
def held(row: Row, *related: str, when: bool = True) -> Iterator[Row]:
    """Around a form that writes the whole row: what it is compared with is what will be overwritten, see :func:`lock`.

    ``when``: something was sent; a form that is only shown holds nothing.
    """
    if not when:
        yield row
        return
    with transaction.atomic():
        yield lock(row, *related)
