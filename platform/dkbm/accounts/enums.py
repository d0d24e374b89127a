"""What people do in their administration when a network begins, and where a request for membership stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

COMMON_FUNCTIONS = {
    "bildungsmanagement": "Bildungsmanagement",
    "bildungsmonitoring": "Bildungsmonitoring",
    "bildungskoordination": "Bildungskoordination (abgeordnete Lehrkraft)",
    "leitung-bildungsbuero": "Leitung Bildungsbüro",
    "koko": "Koordination Neuzugewanderte (KoKo)",
    "sprachfoerderung": "Sprachförderung",
    "sozialplanung": "Sozialplanung",
    "schulentwicklungsplanung": "Schulentwicklungsplanung",
    "statistikstelle": "Statistikstelle",
    "bildungsberichterstattung": "Bildungsberichterstattung",
    "schulsozialarbeit": "Schulsozialarbeit",
    "itservice": "IT-Service",
    "datenschutz": "Datenschutz",
    "bildungsberatung": "Bildungsberatung",
    "fachberatung-kita": "Fachberatung Kita",
    "wirtschaftsfoerderung": "Wirtschaftsförderung",
    "gleichstellung": "Gleichstellung",
    "volkshochschule": "Volkshochschule",
    "umweltbildung": "Umweltbildung",
    "oeffentlichkeitsarbeit": "Öffentlichkeitsarbeit",
    "seniorenbuero": "Seniorenbüro",
    "fachdienstleitung": "Fachdienstleitung Bildung",
    "fruehe-hilfen": "Frühe Hilfen",
    "integrationsbeauftragte": "Integrationsbeauftragte",
    "transferagentur": "Transferagentur",
}
"""Key -> label of the functions that every network begins with, most frequent ones first; then they are its own."""

AGENCY = "transferagentur"
"""Key of the one function that the code knows: whoever has it works for no municipality, but for the network itself."""


class AdmissionState(models.TextChoices):
    """``UNCONFIRMED``: the mail address is not verified yet, so nobody has been told."""

    UNCONFIRMED = "unconfirmed", _("Adresse noch nicht bestätigt")
    OPEN = "open", _("wartet auf Aufnahme")
    ADMITTED = "admitted", _("aufgenommen")
    REFUSED = "refused", _("abgelehnt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")


TERMS_VERSION = "2026-11-29"
"""Of the terms that everybody accepts (``accounts/terms.html``). Raise it when they change: it is recorded with each
acceptance."""


class ErrandKind(models.TextChoices):
    """What the worker does for an address that somebody typed."""

    SIGN_UP = "sign_up", _("Konto anlegen")
    CONFIRM = "confirm", _("Link zur Bestätigung")
    RESET = "reset", _("Passwort vergessen")
    ATTEMPTS = "attempts", _("Warnung vor Versuchen")


class PortraitAudience(models.TextChoices):
    """Who sees somebody's portrait. ``EVERYBODY``: guests too, where telephone and address are public."""

    NOBODY = "nobody", _("Niemand")
    MEMBERS = "members", _("Mitglieder dieses Netzwerks")
    EVERYBODY = "everybody", _("Auch Gäste, wo ich öffentlich als Ansprechperson stehe")
