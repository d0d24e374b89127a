"""Copies for showing and testing: only there may accounts, numbers and addresses be made up."""

from __future__ import annotations

from django.conf import settings

PROFILES = frozenset({"demo", "test"})


def may_invent() -> bool:
    return settings.PROFILE in PROFILES
