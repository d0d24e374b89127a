"""Where other apps show something on a member's own page ``/konto/``."""

from __future__ import annotations

from dkbm.core.panels import Place

ACCOUNT = Place("accounts.account")
