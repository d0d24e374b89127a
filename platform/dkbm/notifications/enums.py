"""States of a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("wartet")
    SENDING = "sending", _("wird versandt")
    SENT = "sent", _("versandt")
    FAILED = "failed", _("nicht zustellbar")
