"""Kinds of publications, those of the reference data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PublicationKind(models.TextChoices):
    """What is not an issue of the Blickpunkt; issues are pages."""

    MAGAZIN = "magazin", _("Magazin")
    WERKSTATTBERICHT = "werkstattbericht", _("Werkstattbericht")
    KONZEPT = "konzept", _("Konzept")
    ARBEITSPAPIER = "arbeitspapier", _("Arbeitspapier")
    MUSTER = "muster", _("Muster und Vorlage")
    LEITFADEN = "leitfaden", _("Leitfaden")
    BERICHT = "bericht", _("Bericht einer Kommune")
    BROSCHUERE = "broschuere", _("Broschüre")
    NEWSLETTER = "newsletter", _("Newsletter")
    PORTAL = "portal", _("Portal")
