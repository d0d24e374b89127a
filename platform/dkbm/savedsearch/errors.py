"""Why a search cannot be saved."""

from __future__ import annotations

from dkbm.core.decisions import Refusal


class NotSaved(Refusal):
    pass
