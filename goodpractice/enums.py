"""Kinds and states of an example, and how it is called in the search."""

from django.db import models
from django.utils.translation import gettext_lazy as _

ENTRY_TYPE = "transfergegenstand"
"""Type of the examples' entries in the search; a part of the API's contract."""


def icon_of_eckpunkt(number: int) -> str:
    """Its sign in ``icons.svg``."""
    return f"eckpunkt-{number}"


class Kind(models.TextChoices):
    STRUKTURMODELL = "strukturmodell", _("Strukturmodell")
    ANGEBOT = "angebot", _("Angebot")
    INSTRUMENT = "instrument", _("Instrument")

    @property
    def icon(self) -> str:
        """Its sign in ``icons.svg``."""
        return f"art-{self.value}"


class ItemVisibility(models.TextChoices):
    """Nothing crosses networks yet: „public“ is public on the own network's host."""

    PUBLIC = "public", _("für alle")
    MEMBERS = "members", _("nur für Mitglieder des Netzwerks")


class ItemState(models.TextChoices):
    PUBLISHED = "published", _("im Katalog")
    ARCHIVED = "archived", _("archiviert")
