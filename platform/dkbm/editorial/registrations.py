"""What publications tell the apps below: home panel, search, editors' rights, the index of a new network, mails."""

from __future__ import annotations

from dkbm.cms.founding import register_founding_step
from dkbm.cms.home import Panel, register_panel
from dkbm.cms.roles import register_editor_right
from dkbm.notifications.kinds import register_kind
from dkbm.search.registry import register_searchable

from .domain import searching
from .domain.blickpunkt import found_index
from .mails import KINDS, take_over
from .panels import newly_published


def fill_registries() -> None:
    register_panel(Panel("editorial/_new_panel.html", newly_published, place="main", order=30))
    register_searchable(searching.TYPE, searching.entries)
    for verb in ("add", "change", "delete", "view"):
        register_editor_right(f"editorial.{verb}_publication")
    register_founding_step(found_index)
    for kind in KINDS:
        register_kind(kind)
    take_over()
