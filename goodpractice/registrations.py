"""What the catalogue adds to the registries of the apps below."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published

from dkbm.cms.bound_pages import register_bound_page
from dkbm.cms.domain.edits import edited_by
from dkbm.cms.frame import register_area
from dkbm.cms.gate_lists import register_cms_views
from dkbm.cms.places import (
    DESK_BEGIN,
    DESK_WAITING,
    FRONT_FIGURES,
    FRONT_MAIN,
    FRONT_PICTURE,
    HOME_MAIN,
)
from dkbm.cms.roles import register_editor_right
from dkbm.core.panels import Panel
from dkbm.notifications.kinds import register_kinds
from dkbm.printing.templates import register_template
from dkbm.privacy.registry import register_column
from dkbm.search.facets import register_facets
from dkbm.search.receivers import follow_text
from dkbm.search.registry import register_searchable, register_written
from dkbm.search.types import EntryType, register_type

from .domain import mails, pages, printing, searching
from .enums import ENTRY_TYPE
from .facets import FACETS
from .models import Transfergegenstand, TransfergegenstandPage
from .panels import begin_example, front_panel, map_panel, newest_panel, number_panel, to_be_checked


def register() -> None:
    register_area(_("Gute Praxis"), "goodpractice:list", order=30)
    HOME_MAIN.register(Panel("goodpractice/_home_panel.html", newest_panel, order=20))
    FRONT_FIGURES.register(Panel("goodpractice/_number_panel.html", number_panel, order=30))
    FRONT_PICTURE.register(Panel("goodpractice/_map_panel.html", map_panel, order=10))
    FRONT_MAIN.register(Panel("goodpractice/_front_panel.html", front_panel, order=10))
    DESK_BEGIN.register(Panel("cms/_desk_begin.html", begin_example, order=10))
    DESK_WAITING.register(Panel("cms/_desk_pile.html", to_be_checked, order=10))
    register_bound_page(TransfergegenstandPage, advice=pages.advice, for_all=pages.for_all)
    register_type(EntryType(ENTRY_TYPE, _("Gute Praxis"), _("Beispiel guter Praxis"), order=10))
    register_searchable(ENTRY_TYPE, searching.entries)
    register_written(ENTRY_TYPE, partial(edited_by, Transfergegenstand))
    register_facets(ENTRY_TYPE, *FACETS)
    register_cms_views(
        "dkbm_catalogue",
        network="add edit history history_results index index_results usage",
        operator="delete",
    )
    register_cms_views("dkbm_item_chooser", network="choose choose_results chosen", operator="chosen_multiple create")
    for verb in ("add", "change", "view"):
        register_editor_right(f"goodpractice.{verb}_transfergegenstand")
    note = "Ansprechperson; Suche nach Adresse oder Name in der Zeile."
    register_column("goodpractice.contactperson", "mail", on_erasure="delete", note=note)
    register_kinds(mails.KINDS)
    register_template(printing.TEMPLATE, Path(__file__).with_name("typst") / "item.typ")
    page_published.connect(mails.tell_of_example, sender=TransfergegenstandPage, dispatch_uid="goodpractice.told")
    follow_text(TransfergegenstandPage, searching.index_page_of_item)
