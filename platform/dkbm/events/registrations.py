"""What events tell the apps below: home panel, search, kinds of mail, people's data, leaving."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from dkbm.accounts.hooks import register_departure, register_role_lost
from dkbm.cms.domain.edits import edited_by
from dkbm.cms.frame import register_area
from dkbm.cms.places import FRONT_DATE, HOME_ASIDE, HOME_BAND, HOME_OPEN
from dkbm.core.panels import Panel
from dkbm.notifications.kinds import register_kinds
from dkbm.notifications.selections import register_selections
from dkbm.privacy.registry import register_column, register_relation
from dkbm.search.facets import register_facets
from dkbm.search.registry import register_searchable, register_written
from dkbm.search.types import EntryType, register_type

from .domain.mails import KINDS
from .domain.registration import cancel_on_departure, give_back_unseen
from .domain.searching import TYPE, all_entries
from .domain.selections import SELECTIONS
from .facets import FACETS
from .models import Event
from .panels import greeting_date, next_date, next_dates, open_registrations


def fill_registries() -> None:
    register_area(_("Termine"), "events:list", order=40)
    HOME_BAND.register(Panel("events/_greeting_date_panel.html", greeting_date, order=10))
    HOME_OPEN.register(Panel("events/_open_panel.html", open_registrations, order=30))
    HOME_ASIDE.register(Panel("events/_next_dates_panel.html", next_dates, order=20))
    FRONT_DATE.register(Panel("events/_next_date_panel.html", next_date, order=10))
    register_type(EntryType(TYPE, _("Termine"), _("Termin"), order=40))
    register_searchable(TYPE, all_entries)
    register_written(TYPE, partial(edited_by, Event))
    register_facets(TYPE, *FACETS)
    register_kinds(KINDS)
    register_selections(*SELECTIONS)
    register_relation("events.registration", "person", on_erasure="delete", export=True)
    register_column("events.registration", "answers", on_erasure="delete", note="Antworten; Zeile der Person.")
    register_column("events.event", "questions", on_erasure="no_person", note="Fragen der Anmeldung.")
    register_departure(cancel_on_departure)
    register_role_lost(lambda membership: give_back_unseen(membership.person_id))
