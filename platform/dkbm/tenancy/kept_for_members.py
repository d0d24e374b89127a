"""Kept queries whose shape follows from who asks: a member, or a manager, who often sees more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast

from django.db.models import QuerySet

from .kept_queries import Given, KeptQuery
from .visitor import Visitor

T = TypeVar("T")


@dataclass(frozen=True)
class _Somebody:
    """In place of a visitor, for functions that make a queryset of ``person_id`` and these two alone."""

    is_manager: bool
    is_member: bool = True
    person_id: Given = Given("person")  # noqa: RUF009 - says its name and nothing else


class KeptForMembers(Generic[T]):
    """``build(visitor)``: makes the queryset for any member, of whom it may know whether they are a manager."""

    def __init__(self, build: Callable[[Visitor], QuerySet[Any, T]]) -> None:
        self._of_member = KeptQuery(lambda: build(cast("Visitor", _Somebody(is_manager=False))))
        self._of_manager = KeptQuery(lambda: build(cast("Visitor", _Somebody(is_manager=True))))

    def all(self, visitor: Visitor, **given: Any) -> list[T]:
        """One query, none for whoever is no member: there is nothing for them."""
        if not visitor.is_member:
            return []
        kept = self._of_manager if visitor.is_manager else self._of_member
        return kept.all(person=visitor.person_id, **given)

    def first(self, visitor: Visitor, **given: Any) -> T | None:
        return next(iter(self.all(visitor, **given)), None)
