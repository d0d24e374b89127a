"""Districts and cities (Kommunen): a public register, common to all networks."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dkbm.core.faces import Face
from dkbm.core.fields import SortKeyField
from dkbm.core.maps.place import PlaceMap, Spot, spot_of
from dkbm.core.text import initials


class MunicipalityKind(models.TextChoices):
    LANDKREIS = "landkreis", _("Landkreis")
    KREISFREIE_STADT = "kreisfreie_stadt", _("Kreisfreie Stadt")
    KOMMUNALVERBAND = "kommunalverband", _("Kommunalverband")


class Municipality(models.Model):
    """A Kommune. ``network_slug`` names the agency that looks after it; it is no key, the register is common."""

    common_because: ClassVar[str] = "public register of districts and cities"

    slug = models.SlugField(unique=True, max_length=100)
    name = models.CharField(_("Name"), max_length=200)
    sort_name = SortKeyField(of="name")
    kind = models.CharField(_("Art"), max_length=20, choices=MunicipalityKind.choices)
    district_key = models.CharField(_("Kreisschlüssel"), max_length=5, blank=True)
    land = models.CharField(_("Bundesland"), max_length=60, blank=True)
    network_slug = models.SlugField(_("zuständiges Netzwerk"), blank=True)
    seat = models.CharField(_("Sitz der Verwaltung"), max_length=200, blank=True)
    latitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    longitude = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    website = models.CharField(max_length=200, blank=True)
    education_page = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["sort_name"]
        verbose_name = _("Kommune")
        verbose_name_plural = _("Kommunen")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return municipality_path(self.slug, self.name)

    @property
    def spot(self) -> Spot | None:
        return spot_of(self.district_key)

    @property
    def face(self) -> Face:
        return Face(initials(self.name), spot=self.spot)

    @property
    def on_map(self) -> PlaceMap | None:
        return place_map(self)


def municipality_path(slug: str, name: str) -> str:
    """All that the network has of a Kommune and this reader may see: people, examples, dates. It has no page yet.

    ``kommune`` is ``facets.MUNICIPALITY.param``.
    """
    return f"{reverse('search:search')}?{urlencode({'q': name, 'kommune': slug})}"


def place_map(*places: Municipality | None) -> PlaceMap | None:
    """Where they lie; ``None`` where none is named or has an outline."""
    named = [place for place in places if place and place.district_key]
    label = gettext("Karte: %(names)s") % {"names": ", ".join(place.name for place in named)}
    return PlaceMap(frozenset(place.district_key for place in named), label) if named else None
