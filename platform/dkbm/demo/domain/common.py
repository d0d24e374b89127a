"""Rows that all networks share; written with the owner's login."""

from __future__ import annotations

from collections.abc import Sequence

from dkbm.demo.schemas.municipalities import MunicipalityEntry
from dkbm.municipalities.models import Municipality

CHANGED = [
    "name", "sort_name", "kind", "district_key", "land", "network_slug", "seat", "latitude", "longitude", "website",
    "education_page", "note",
]  # fmt: skip


def load_municipalities(entries: Sequence[MunicipalityEntry]) -> None:
    """Create or update by slug; one statement."""
    Municipality.objects.bulk_create(
        [_municipality(entry) for entry in entries],
        update_conflicts=True,
        unique_fields=["slug"],
        update_fields=CHANGED,
    )


def _municipality(entry: MunicipalityEntry) -> Municipality:
    return Municipality(
        slug=entry.slug,
        name=entry.name,
        kind=entry.kind,
        district_key=entry.district_key or "",
        land=entry.land,
        network_slug=entry.network or "",
        seat=entry.seat,
        latitude=entry.lat,
        longitude=entry.lon,
        website=entry.website or "",
        education_page=entry.education_page or "",
        note=entry.note or "",
    )
