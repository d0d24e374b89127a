"""Who may find an entry."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    PUBLIC = "public", _("öffentlich")
    MEMBERS = "members", _("für Mitglieder des Netzwerks")
    GROUP = "group", _("für Mitglieder einer Gruppe")
