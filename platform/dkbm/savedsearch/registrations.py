"""What remembered searches tell the apps below; filled in once at start."""

from __future__ import annotations

from dkbm.accounts.hooks import register_departure
from dkbm.core.panels import Panel
from dkbm.notifications.kinds import register_kinds
from dkbm.privacy.registry import register_column, register_relation
from dkbm.search.places import RESULTS

from . import panels
from .domain import mails, searches
from .models import SavedSearch


def register() -> None:
    register_kinds(mails.KINDS)
    register_departure(searches.forget_searches)
    RESULTS.register(Panel("savedsearch/_save_panel.html", panels.save_panel))
    register_relation(SavedSearch, "person", on_erasure="delete", export=True)
    register_column(
        "savedsearch.savedsearch", "chosen", on_erasure="delete", note="Filter der Suche; Zeile der Person."
    )
