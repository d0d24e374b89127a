"""What publications tell the apps below: home panel, search, the index page of a new network."""

from __future__ import annotations

from dkbm.cms.founding import register_founding_step
from dkbm.cms.home import Panel, register_panel
from dkbm.search.registry import register_searchable

from .domain.blickpunkt import found_index
from .domain.search_entries import all_entries
from .home import newly_published


def fill_registries() -> None:
    register_panel(Panel("editorial/panel_new.html", newly_published, place="main", order=30))
    register_searchable("page", all_entries)
    register_founding_step(found_index)
