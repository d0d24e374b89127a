"""What people do in their administration, and where a request for membership stands."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Function(models.TextChoices):
    """The functions of the reference data (``forum_topics.yaml``), most frequent ones first."""

    BILDUNGSMANAGEMENT = "bildungsmanagement", _("Bildungsmanagement")
    BILDUNGSMONITORING = "bildungsmonitoring", _("Bildungsmonitoring")
    BILDUNGSKOORDINATION = "bildungskoordination", _("Bildungskoordination (abgeordnete Lehrkraft)")
    LEITUNG_BILDUNGSBUERO = "leitung-bildungsbuero", _("Leitung Bildungsbüro")
    KOKO = "koko", _("Koordination Neuzugewanderte (KoKo)")
    SPRACHFOERDERUNG = "sprachfoerderung", _("Sprachförderung")
    SOZIALPLANUNG = "sozialplanung", _("Sozialplanung")
    SCHULENTWICKLUNGSPLANUNG = "schulentwicklungsplanung", _("Schulentwicklungsplanung")
    STATISTIKSTELLE = "statistikstelle", _("Statistikstelle")
    BILDUNGSBERICHTERSTATTUNG = "bildungsberichterstattung", _("Bildungsberichterstattung")
    SCHULSOZIALARBEIT = "schulsozialarbeit", _("Schulsozialarbeit")
    ITSERVICE = "itservice", _("IT-Service")
    DATENSCHUTZ = "datenschutz", _("Datenschutz")
    BILDUNGSBERATUNG = "bildungsberatung", _("Bildungsberatung")
    FACHBERATUNG_KITA = "fachberatung-kita", _("Fachberatung Kita")
    WIRTSCHAFTSFOERDERUNG = "wirtschaftsfoerderung", _("Wirtschaftsförderung")
    GLEICHSTELLUNG = "gleichstellung", _("Gleichstellung")
    VOLKSHOCHSCHULE = "volkshochschule", _("Volkshochschule")
    UMWELTBILDUNG = "umweltbildung", _("Umweltbildung")
    OEFFENTLICHKEITSARBEIT = "oeffentlichkeitsarbeit", _("Öffentlichkeitsarbeit")
    SENIORENBUERO = "seniorenbuero", _("Seniorenbüro")
    FACHDIENSTLEITUNG = "fachdienstleitung", _("Fachdienstleitung Bildung")
    FRUEHE_HILFEN = "fruehe-hilfen", _("Frühe Hilfen")
    INTEGRATIONSBEAUFTRAGTE = "integrationsbeauftragte", _("Integrationsbeauftragte")
    TRANSFERAGENTUR = "transferagentur", _("Transferagentur")


class AdmissionState(models.TextChoices):
    """``UNCONFIRMED``: the mail address is not verified yet, so nobody has been told."""

    UNCONFIRMED = "unconfirmed", _("Adresse noch nicht bestätigt")
    OPEN = "open", _("wartet auf Aufnahme")
    ADMITTED = "admitted", _("aufgenommen")
    REFUSED = "refused", _("abgelehnt")
    WITHDRAWN = "withdrawn", _("zurückgezogen")
