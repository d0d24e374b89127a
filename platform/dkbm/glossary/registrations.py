"""What the glossary tells the apps below: search, editors' rights, the terms of a new network."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.cms.founding import register_founding_step
from dkbm.cms.gate_lists import register_cms_views
from dkbm.cms.roles import register_editor_right
from dkbm.search.registry import register_searchable
from dkbm.search.synonyms import register_synonyms
from dkbm.search.types import EntryType, register_type
from dkbm.tenancy.after_migrate import register_step

from .domain import searching
from .domain.seed import seed_all, seed_terms
from .domain.words import synonym_groups


def fill_registries() -> None:
    register_type(EntryType(searching.TYPE, _("Glossar"), _("Begriff im Glossar"), order=90))
    register_searchable(searching.TYPE, searching.entries)
    register_cms_views("dkbm_glossary", network="add delete edit history history_results index index_results usage")
    for verb in ("add", "change", "delete", "view"):
        register_editor_right(f"glossary.{verb}_term")
    register_synonyms(synonym_groups)
    register_founding_step(seed_terms)
    register_step(seed_all)
