"""By which AG its groups and what belongs to them are found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from dkbm.search.facets import Facet, FacetValue

from .models import Workgroup

WORKGROUP = Facet("workgroup", "gruppe", _("Arbeitsgruppe"), _("Alle Arbeitsgruppen"), order=40)


def workgroup_values(group: Workgroup | None) -> list[FacetValue]:
    """The AG itself, or the one that a sub-group belongs to; offered by number."""
    top = group and (group.parent or group)
    return [FacetValue(top.slug, top.title, top.number or 99)] if top else []
