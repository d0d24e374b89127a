"""Kinds, states and offices of groups."""

from django.db import models
from django.utils.translation import gettext_lazy as _

FURTHER_SEATS = 3
"""So many further members each AG may send into the concept group, beside speaker and deputy."""

NAME_LENGTH = 200
TEXT_LENGTH = 5_000


class GroupKind(models.TextChoices):
    WORKGROUP = "workgroup", _("Arbeitsgruppe")
    SUBGROUP = "subgroup", _("Unterarbeitsgruppe")
    CONCEPT = "concept", _("Konzeptgruppe")


class GroupState(models.TextChoices):
    OPEN = "open", _("offen")
    CLOSED = "closed", _("abgeschlossen")
    ARCHIVED = "archived", _("archiviert")


class GroupMembershipState(models.TextChoices):
    REQUESTED = "requested", _("angefragt")
    ACTIVE = "active", _("Mitglied")
    REFUSED = "refused", _("abgelehnt")
    LEFT = "left", _("ausgetreten")


class Office(models.TextChoices):
    """An AG has one speaker and one deputy, a sub-group one lead."""

    NONE = "", _("ohne Amt")
    SPEAKER = "speaker", _("Sprecher/-in")
    DEPUTY = "deputy", _("Stellvertretung")
    LEAD = "lead", _("Leitung")


AG_OFFICES = (Office.SPEAKER, Office.DEPUTY)
