"""The second factor of managers and operators: whether they have one, and whether this session was opened with it.

Asked by the doors of pages and of sockets.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from .visitor import Visitor


class SecondFactor(Enum):
    """How a session stands; only ``ENOUGH`` may go on."""

    ENOUGH = "passed, or not asked of this person"
    MISSING = "the person has to set one up"
    UNPROVEN = "the person has one, and this session was opened without it"


def second_factor_of(session: Any, visitor: Visitor) -> SecondFactor:
    """How the ``session`` of the ``visitor`` stands; one query for managers and operators, none for others.

    In the demo, whose accounts have nothing but their password (``REQUIRE_SECOND_FACTOR``), nobody has to set one up;
    whoever did is asked for it all the same.
    """
    return second_factors_of([(session, visitor)])[0]


def second_factors_of(asked: Sequence[tuple[Any, Visitor]]) -> list[SecondFactor]:
    """:func:`second_factor_of` for many at once, in their order; one query at most."""
    asked_for_it = {visitor.person_id for _session, visitor in asked if _needs_one(visitor)}
    have_one = _with_second_factor(asked_for_it) if asked_for_it else set()
    return [
        _standing(session, visitor, has_one=visitor.person_id in have_one)
        if _needs_one(visitor)
        else SecondFactor.ENOUGH
        for session, visitor in asked
    ]


def _needs_one(visitor: Visitor) -> bool:
    return visitor.is_manager or visitor.is_operator


def _standing(session: Any, visitor: Visitor, *, has_one: bool) -> SecondFactor:
    if not has_one:
        return SecondFactor.MISSING if settings.REQUIRE_SECOND_FACTOR else SecondFactor.ENOUGH
    return SecondFactor.ENOUGH if is_passed(session, visitor.person) else SecondFactor.UNPROVEN


def _with_second_factor(people: set[UUID | None]) -> set[UUID]:
    rows = Authenticator.objects.filter(user_id__in=people, type=Authenticator.Type.TOTP)
    return set(rows.values_list("user_id", flat=True))


def has_second_factor(person: Any) -> bool:
    """Whether the person has set up an authenticator app. One query."""
    return is_mfa_enabled(person, [Authenticator.Type.TOTP])


def is_passed(session: Any, person: Any) -> bool:
    """Whether this person gave a code (of the app or a spare one) in this session. No query."""
    records = get_authentication_records(SimpleNamespace(session=session), person)
    return any(record["method"] == "mfa" for record in records)
