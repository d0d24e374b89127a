"""What accounts tells the apps below it; filled in once at start."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.audit.actions import register_actions
from dkbm.cms.founding import register_founding_step
from dkbm.cms.places import HOME_ASIDE, HOME_FIRST
from dkbm.core.panels import Panel
from dkbm.notifications.kinds import register_kinds
from dkbm.notifications.selections import register_selections
from dkbm.search.facets import register_facets
from dkbm.search.registry import register_searchable, register_written
from dkbm.search.types import EntryType, register_type

from . import panels, personal_data
from .actions import ACTIONS
from .domain import mails, searching, selections
from .domain.functions import seed_functions
from .facets import FACETS


def register() -> None:
    register_actions(*ACTIONS)
    register_kinds(mails.KINDS)
    register_selections(*selections.SELECTIONS)
    HOME_FIRST.register(Panel("accounts/_todo_panel.html", panels.todo, order=5))
    HOME_ASIDE.register(Panel("accounts/_newcomers_panel.html", panels.newcomers, order=50))
    personal_data.register()
    register_founding_step(seed_functions)
    register_type(EntryType(searching.TYPE, _("Personen"), _("Person"), order=80))
    register_searchable(searching.TYPE, searching.entries)
    register_written(searching.TYPE, lambda person_id, _keys: [str(person_id)])
    register_facets(searching.TYPE, *FACETS)
