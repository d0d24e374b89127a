"""What the catalogue adds to the registries of the apps below."""

from __future__ import annotations

from dkbm.cms.bound_pages import register_bound_page
from dkbm.cms.home import Panel, register_panel
from dkbm.cms.roles import register_editor_right
from dkbm.privacy.registry import register_column
from dkbm.search.receivers import follow_text
from dkbm.search.registry import register_searchable

from .domain import pages, searching
from .models import TransfergegenstandPage
from .panels import newest_panel


def register() -> None:
    register_panel(Panel("goodpractice/_home_panel.html", newest_panel, place="main", order=20))
    register_bound_page(TransfergegenstandPage, advice=pages.advice)
    register_searchable(searching.TYPE, searching.entries)
    for verb in ("add", "change", "view"):
        register_editor_right(f"goodpractice.{verb}_transfergegenstand")
    note = "Ansprechperson; Suche nach Adresse oder Name in der Zeile."
    register_column("goodpractice.contactperson", "mail", on_erasure="delete", note=note)
    follow_text(TransfergegenstandPage, searching.index_page_of_item)
