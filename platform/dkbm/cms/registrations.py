"""What the CMS itself shows at its places."""

from __future__ import annotations

from dkbm.cms.desk import drafts, scheduled
from dkbm.cms.places import DESK_WAITING
from dkbm.core.panels import Panel


def fill_registries() -> None:
    DESK_WAITING.register(Panel("cms/_desk_pile.html", drafts, order=20))
    DESK_WAITING.register(Panel("cms/_desk_pile.html", scheduled, order=30))
