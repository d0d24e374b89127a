"""What became of a mail that came in."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    """Of all but the first the raw mail need not be read again."""

    WAITING = "waiting", _("wird gelesen")
    PUBLISHED = "published", _("veröffentlicht")
    REFUSED = "refused", _("nicht veröffentlicht")
    AUTOMATIC = "automatic", _("automatische E-Mail, nicht beachtet")
    BOUNCE = "bounce", _("Meldung über eine E-Mail, die nicht ankam")
    UNKNOWN = "unknown", _("gehört zu keiner E-Mail")


class Door(models.TextChoices):
    """What is said at once to whoever brings a mail."""

    TAKEN = "taken", _("angenommen")
    NO_SUCH_ADDRESS = "no_such_address", _("Adresse unbekannt")
    TOO_MANY = "too_many", _("zu viele auf einmal")
    TOO_LARGE = "too_large", _("zu groß")
