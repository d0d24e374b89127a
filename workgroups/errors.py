"""What the domain functions raise."""

from __future__ import annotations

from dkbm.core.decisions import Refusal


class GroupRefusal(Refusal):
    """Something is not possible with a group now."""


insist = GroupRefusal.insist
