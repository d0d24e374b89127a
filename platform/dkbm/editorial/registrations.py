"""What publications tell the apps below: home panel, search, editors' rights, the index of a new network, mails."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from wagtail.signals import page_published

from dkbm.cms.domain.edits import edited_by
from dkbm.cms.founding import register_founding_step
from dkbm.cms.frame import register_further_pages, register_page_area
from dkbm.cms.gate_lists import register_cms_views
from dkbm.cms.page_contexts import register_page_context
from dkbm.cms.places import DESK_BEGIN, FRONT_MAIN, HOME_MAIN
from dkbm.cms.roles import register_editor_right
from dkbm.core.panels import Panel
from dkbm.notifications.kinds import register_kinds
from dkbm.search.facets import register_facets
from dkbm.search.registry import register_searchable, register_written
from dkbm.search.types import EntryType, register_type

from .domain import searching
from .domain.blickpunkt import found_index
from .domain.mails import KINDS, take_over, tell_of_issue
from .domain.queries.pages import index_context, issue_context
from .facets import FACETS
from .models import INDEX_SLUG, BlickpunktIndexPage, BlickpunktPage, Publication
from .panels import begin_issue, begin_publication, front_panel, newly_published


def fill_registries() -> None:
    register_page_area(_("Wissen"), INDEX_SLUG, order=35)
    register_further_pages(INDEX_SLUG, _("Blickpunkt"), (_("Glossar"), "glossary:list"))
    HOME_MAIN.register(Panel("editorial/_new_panel.html", newly_published, order=30))
    FRONT_MAIN.register(Panel("editorial/_front_panel.html", front_panel, order=20))
    DESK_BEGIN.register(Panel("cms/_desk_begin.html", begin_issue, order=20))
    DESK_BEGIN.register(Panel("cms/_desk_begin.html", begin_publication, order=30))
    register_page_context(BlickpunktIndexPage, index_context)
    register_page_context(BlickpunktPage, issue_context)
    register_type(EntryType(searching.TYPE, _("Publikationen"), _("Publikation"), order=50))
    register_searchable(searching.TYPE, searching.entries)
    register_written(searching.TYPE, partial(edited_by, Publication))
    register_facets(searching.TYPE, *FACETS)
    register_cms_views("dkbm_publications", network="add delete edit history history_results index index_results usage")
    for verb in ("add", "change", "delete", "view"):
        register_editor_right(f"editorial.{verb}_publication")
    register_founding_step(found_index)
    register_kinds(KINDS)
    take_over()
    page_published.connect(tell_of_issue, sender=BlickpunktPage, dispatch_uid="editorial.told")
