"""By which Kommune things are found: the apps above give it to their entries of the search."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.search.facets import Facet, FacetValue

from .models import Municipality

MUNICIPALITY = Facet("municipality", "kommune", _("Kommune"), _("Alle Kommunen"), order=10, on_hits=True)


def municipality_values(*places: Municipality | None) -> list[FacetValue]:
    """The most important first; places that are not known are left out."""
    return [FacetValue(place.slug, place.name) for place in places if place]
