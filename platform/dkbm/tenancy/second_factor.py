"""Who has to sign in with a second factor and has not set it up; asked by the doors of pages and of sockets."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings

from .visitor import Visitor


def lacks_second_factor(visitor: Visitor) -> bool:
    """True for managers and operators without an authenticator app; one query for them, none for others.

    Never in the demo, whose accounts have nothing but their password (``REQUIRE_SECOND_FACTOR``).
    """
    if not settings.REQUIRE_SECOND_FACTOR:
        return False
    if not (visitor.is_manager or visitor.is_operator):
        return False
    return not is_mfa_enabled(visitor.person, [Authenticator.Type.TOTP])
