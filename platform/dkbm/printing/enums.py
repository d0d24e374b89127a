"""What has become of something that is to be printed."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PrintState(models.TextChoices):
    WAITING = "waiting", _("wird erstellt")
    READY = "ready", _("fertig")
    FAILED = "failed", _("nicht zu erstellen")
