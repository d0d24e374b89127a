"""States of a mail, where a kind of notification happens, how people are told of it and by which rule."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    QUEUED = "queued", _("wartet")
    SENDING = "sending", _("wird versandt")
    HANDED = "handed", _("übergeben, noch ohne Antwort")
    SENT = "sent", _("versandt")
    FAILED = "failed", _("nicht zustellbar")
    BOUNCED = "bounced", _("zurückgekommen")
    WITHHELD = "withheld", _("zurückgehalten")


class Scope(models.TextChoices):
    """From wide to narrow; a wish about something narrower beats one about something wider."""

    NETWORK = "network", _("Netzwerk")
    GROUP = "group", _("Gruppe")
    TOPIC = "topic", _("Thema")


class Level(models.TextChoices):
    """How somebody is told: from loud to not at all. On the platform it stands in all cases but the last."""

    AT_ONCE = "at_once", _("sofort")
    DAILY = "daily", _("täglich")
    WEEKLY = "weekly", _("wöchentlich")
    BELL = "bell", _("nur auf der Plattform")
    OFF = "off", _("gar nicht")


DIGESTS = (Level.DAILY, Level.WEEKLY)
MAILED = (Level.AT_ONCE, *DIGESTS)
GROUP_LEVELS = (*MAILED, Level.BELL)
"""What can be chosen for all that happens in a group; whoever wants to hear nothing leaves it."""


class Rule(models.TextChoices):
    """Why somebody is told in this way, as managers read it; to the person it is said in ``domain.explaining``."""

    MANDATORY = "mandatory", _("betrifft die Person selbst")
    TOPIC_FOLLOWED = "topic_followed", _("folgt dem Thema")
    TOPIC_MUTED = "topic_muted", _("möchte vom Thema nichts hören")
    GROUP_OFF = "group_off", _("E-Mails der Gruppe sind aus")
    KIND = "kind", _("Wunsch für diese Art")
    WROTE = "wrote", _("hat im Thema geschrieben")
    MENTIONED = "mentioned", _("wurde genannt")
    GROUP = "group", _("Wunsch für die Gruppe")
    OFFICE = "office", _("hat ein Amt in der Gruppe")
    GENERAL = "general", _("Wunsch für alle Gruppen")
    NETWORK = "network", _("im Netzwerk üblich")
    USUAL = "usual", _("bei dieser Art üblich")
    PAUSED = "paused", _("Pause")
