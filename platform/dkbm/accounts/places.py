"""Where other apps show something on a member's own page ``/konto/``, and on the one that others see."""

from __future__ import annotations

from dkbm.core.panels import Place

ACCOUNT = Place("accounts.account")

PERSON = Place("accounts.person")
"""Where other apps show something on a member's page for other members; their ``load`` gets the person."""

PERSON_ASIDE = Place("accounts.person_aside")
"""The same at the side of that page, for what is short."""
