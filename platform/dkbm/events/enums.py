"""Kinds and states of events; the kinds are those of the reference data."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    KONZEPTGRUPPE = "konzeptgruppe", _("Treffen der Konzeptgruppe")
    AUFTAKT = "auftakt", _("Auftaktveranstaltung")
    JAHRESTREFFEN = "jahrestreffen", _("Jahrestreffen")
    AG_TREFFEN = "ag_treffen", _("Treffen einer Arbeitsgruppe")
    BEFRAGUNG = "befragung", _("Befragung")
    KONFERENZ = "konferenz", _("Bildungskonferenz oder Fachforum einer Kommune")
    RUNDER_TISCH = "runder_tisch", _("Runder Tisch oder Netzwerktreffen einer Kommune")
    MEILENSTEIN = "meilenstein", _("Meilenstein des Netzwerks")
    TAGUNG = "tagung", _("Tagung eines Programms")


GROUP_KINDS = {EventKind.KONZEPTGRUPPE, EventKind.AG_TREFFEN}
"""Meetings of groups: for members of the network, where nothing else is said."""


class Precision(models.TextChoices):
    """How exactly the source names the date."""

    DAY = "day", _("Tag")
    MONTH = "month", _("Monat")
    YEAR = "year", _("Jahr")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("öffentlich")
    MEMBERS = "members", _("für Mitglieder")
    GROUP = "group", _("nur für die Gruppe")


class EventState(models.TextChoices):
    """Drafts are seen by those who may change them; called-off events stay where they are, with the reason."""

    DRAFT = "draft", _("Entwurf")
    PUBLISHED = "published", _("veröffentlicht")
    CALLED_OFF = "called_off", _("abgesagt")


class ItemKind(models.TextChoices):
    ANKOMMEN = "ankommen", _("Ankommen")
    BEGRUESSUNG = "begruessung", _("Begrüßung")
    KEYNOTE = "keynote", _("Vortrag")
    WORKSHOP = "workshop", _("Werkstatt")
    AG_SITZUNG = "ag_sitzung", _("Sitzung einer Arbeitsgruppe")
    PAUSE = "pause", _("Pause")
    ABSCHLUSS = "abschluss", _("Abschluss")


class RegistrationState(models.TextChoices):
    REGISTERED = "registered", _("angemeldet")
    WAITING = "waiting", _("auf der Warteliste")
    CANCELLED = "cancelled", _("abgemeldet")


class QuestionType(models.TextChoices):
    TEXT = "text", _("Text")
    SINGLE = "single", _("eine Auswahl")
    MULTI = "multi", _("mehrere zur Auswahl")
    BOOL = "bool", _("ja oder nein")
