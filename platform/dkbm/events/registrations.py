"""What events tell the apps below: home panel, search, kinds of mail, people's data, leaving."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.accounts.departures import register_departure
from dkbm.cms.home import Panel, register_panel
from dkbm.notifications.kinds import Kind, register_kind
from dkbm.privacy.registry import register_column, register_relation
from dkbm.search.registry import register_searchable

from .domain.registration import cancel_on_departure
from .domain.searching import all_entries
from .panels import next_dates


def fill_registries() -> None:
    register_panel(Panel("events/_next_dates_panel.html", next_dates, place="aside", order=10))
    register_searchable("event", all_entries)
    register_kind(Kind("event-registered", _("Anmeldung bestätigt"), _("Angemeldet: %(title)s")))
    register_kind(Kind("event-waiting", _("Auf der Warteliste"), _("Auf der Warteliste: %(title)s")))
    register_kind(Kind("event-moved-up", _("Nachgerückt"), _("Sie haben einen Platz: %(title)s")))
    register_kind(Kind("event-cancelled", _("Abmeldung bestätigt"), _("Abgemeldet: %(title)s")))
    register_kind(Kind("event-called-off", _("Termin abgesagt"), _("Abgesagt: %(title)s")))
    register_kind(Kind("event-changed", _("Termin geändert"), _("Geändert: %(title)s")))
    register_relation("events.registration", "person", on_erasure="delete", export=True)
    register_column("events.registration", "answers", on_erasure="delete", note="Antworten; Zeile der Person.")
    register_column("events.event", "questions", on_erasure="no_person", note="Fragen der Anmeldung.")
    register_departure(cancel_on_departure)
