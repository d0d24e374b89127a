"""States and roles of a membership."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MembershipState(models.TextChoices):
    REQUESTED = "requested", _("wartet auf Aufnahme")
    ACTIVE = "active", _("Mitglied")
    REFUSED = "refused", _("abgelehnt")
    LEFT = "left", _("ausgetreten")


class Role(models.TextChoices):
    """Roles beside plain membership. ``OPERATOR`` exists on the platform's own row alone."""

    EDITOR = "editor", _("Redaktion")
    MANAGER = "manager", _("Netzwerkleitung")
    OPERATOR = "operator", _("Betrieb")
