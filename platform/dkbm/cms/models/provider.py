"""Who runs the installation, as the law wants it named; a row of the front door."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dkbm.core.fields import AddressField
from dkbm.tenancy.models import NetworkOwned


class Provider(NetworkOwned):
    """At most one row, which belongs to the platform; as long as it has no name, nobody has filled it in.

    Networks are responsible for their own pages and say so there.
    """

    name = models.CharField(_("Name"), max_length=200, blank=True)
    address = models.TextField(_("Anschrift"), max_length=500, blank=True)
    represented_by = models.CharField(_("Vertreten durch"), max_length=200, blank=True)
    email = AddressField(_("E-Mail-Adresse"), blank=True)
    phone = models.CharField(_("Telefon"), max_length=60, blank=True)
    privacy = models.TextField(_("Datenschutz"), max_length=20_000, blank=True)

    class Meta:
        verbose_name = _("Betreiber der Plattform")
        verbose_name_plural = _("Betreiber der Plattform")
        constraints = [models.UniqueConstraint(fields=["network"], name="one_provider_a_network")]

    def __str__(self) -> str:
        return self.name
