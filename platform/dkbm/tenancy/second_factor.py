"""Who has to sign in with a second factor and has not set it up; asked by the doors of pages and of sockets."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from .models import Membership


def lacks_second_factor(person: Any, membership: Membership | None) -> bool:
    """True for managers and operators without an authenticator app; one query for them, none for others.

    Never in the demo, whose accounts have nothing but their password (``REQUIRE_SECOND_FACTOR``).
    """
    if not settings.REQUIRE_SECOND_FACTOR or not membership:
        return False
    if not (membership.is_manager or membership.is_operator):
        return False
    return not is_mfa_enabled(person, [Authenticator.Type.TOTP])
