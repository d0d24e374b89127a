"""What the domain functions raise."""

from __future__ import annotations

from dkbm.core.decisions import Refusal


class ForumRefusal(Refusal):
    """Something is not possible with a space, a topic or a post now."""


insist = ForumRefusal.insist
