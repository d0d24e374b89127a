"""What the CMS itself shows at its places, and does after each ``migrate``."""

from __future__ import annotations

from dkbm.cms.desk import drafts, scheduled
from dkbm.cms.domain.networks import give_help_pages, renew_rights
from dkbm.cms.places import DESK_WAITING
from dkbm.core.panels import Panel
from dkbm.tenancy.after_migrate import register_step


def fill_registries() -> None:
    DESK_WAITING.register(Panel("cms/_desk_pile.html", drafts, order=20))
    DESK_WAITING.register(Panel("cms/_desk_pile.html", scheduled, order=30))
    register_step(give_help_pages)
    register_step(renew_rights)
