"""Stored second factors follow a change of ``SECRET_KEY``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.db import transaction

from dkbm.accounts.secrets import renew

ENCRYPTED = ("secret", "seed")
"""What of an authenticator's data is encrypted; ``migrated_codes`` is a list of such texts."""


@dataclass(frozen=True)
class Renewal:
    renewed: int
    unreadable: int


@transaction.atomic
def renew_second_factors() -> Renewal:
    """Encrypt all second factors with the ``SECRET_KEY`` of today that are not.

    Call as the owner: people who belong to no network just now are to get in again later, too. Whoever uses a code
    at this very moment may write the old form back, so the second run is the one that says that nothing is left.
    """
    renewed = unreadable = 0
    for authenticator in Authenticator.objects.select_for_update().order_by("pk"):
        try:
            data = _renewed(authenticator.data)
        except InvalidToken:
            unreadable += 1
            continue
        if data != authenticator.data:
            authenticator.data = data
            authenticator.save(update_fields=["data"])
            renewed += 1
    return Renewal(renewed, unreadable)


def _renewed(data: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {name: renew(data[name]) for name in ENCRYPTED if name in data}
    if "migrated_codes" in data:
        changed["migrated_codes"] = [renew(code) for code in data["migrated_codes"]]
    return {**data, **changed}
