"""Vocabulary that all networks share; only the owner's login writes it (``tenancy.tables``)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from goodpractice.enums import icon_of_eckpunkt


class Eckpunkt(models.Model):
    """One of the six Eckpunkte of data-based municipal education management."""

    common_because: ClassVar[str] = "the six Eckpunkte are shared by decision"

    number = models.PositiveSmallIntegerField(_("Nummer"), unique=True)
    slug = models.SlugField(_("Kürzel"), unique=True, max_length=100)
    title = models.CharField(_("Titel"), max_length=200)
    short = models.CharField(_("Kurzform"), max_length=60)
    explanation = models.TextField(_("Erläuterung"), blank=True)

    class Meta:
        ordering = ["number"]
        verbose_name = _("Eckpunkt")
        verbose_name_plural = _("Eckpunkte")

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def icon(self) -> str:
        return icon_of_eckpunkt(self.number)


class Leitfrage(models.Model):
    """A question by which an example shows that it meets its Eckpunkt."""

    common_because: ClassVar[str] = "belong to the Eckpunkte"

    eckpunkt = models.ForeignKey(Eckpunkt, on_delete=models.CASCADE, related_name="leitfragen")
    key = models.SlugField(_("Kürzel"), unique=True, max_length=100)
    text = models.TextField(_("Frage"))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["eckpunkt", "position"]
        verbose_name = _("Leitfrage")
        verbose_name_plural = _("Leitfragen")

    def __str__(self) -> str:
        return self.text


class Phase(models.Model):
    """A phase of life and education."""

    common_because: ClassVar[str] = "shared vocabulary of the catalogue"

    slug = models.SlugField(_("Kürzel"), unique=True, max_length=100)
    title = models.CharField(_("Bezeichnung"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("Bildungsphase")
        verbose_name_plural = _("Bildungsphasen")

    def __str__(self) -> str:
        return self.title


class Programme(models.Model):
    """A way in which something is paid for."""

    common_because: ClassVar[str] = "shared vocabulary of the catalogue"

    slug = models.SlugField(_("Kürzel"), unique=True, max_length=100)
    title = models.CharField(_("Bezeichnung"), max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("Programm")
        verbose_name_plural = _("Programme")

    def __str__(self) -> str:
        return self.title
