"""States of a mail, and where a kind of notification happens."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("wartet")
    SENDING = "sending", _("wird versandt")
    SENT = "sent", _("versandt")
    FAILED = "failed", _("nicht zustellbar")
    BOUNCED = "bounced", _("zurückgekommen")
    WITHHELD = "withheld", _("zurückgehalten")


class Scope(models.TextChoices):
    """From wide to narrow; a wish about something narrower beats one about something wider."""

    NETWORK = "network", _("Netzwerk")
    GROUP = "group", _("Gruppe")
    TOPIC = "topic", _("Thema")
