"""The second factor of managers and operators: whether they have one, and whether this session was opened with it.

Asked by the doors of pages and of sockets.
"""

from __future__ import annotations

from enum import Enum
from types import SimpleNamespace
from typing import Any

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
    if not (visitor.is_manager or visitor.is_operator):
        return SecondFactor.ENOUGH
    if not has_second_factor(visitor.person):
        return SecondFactor.MISSING if settings.REQUIRE_SECOND_FACTOR else SecondFactor.ENOUGH
    return SecondFactor.ENOUGH if is_passed(session, visitor.person) else SecondFactor.UNPROVEN


def has_second_factor(person: Any) -> bool:
    """Whether the person has set up an authenticator app. One query."""
    return is_mfa_enabled(person, [Authenticator.Type.TOTP])


def is_passed(session: Any, person: Any) -> bool:
    """Whether this person gave a code (of the app or a spare one) in this session. No query."""
    records = get_authentication_records(SimpleNamespace(session=session), person)
    return any(record["method"] == "mfa" for record in records)
