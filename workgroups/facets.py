"""By which AG its groups and what belongs to them are found."""

from __future__ import annotations

from dkbm.search.facets import GROUP, FacetValue

from .models import Workgroup

WORKGROUP = GROUP


def workgroup_values(group: Workgroup | None) -> list[FacetValue]:
    """The AG itself, or the one that a sub-group belongs to; offered by number."""
    top = group and (group.parent or group)
    return [FacetValue(top.slug, top.title, top.number or 99)] if top else []
