"""Rows that all networks share; written with the owner's login."""

from __future__ import annotations

from collections.abc import Sequence

from dkbm.imports.domain.naming import naming
from dkbm.imports.schemas import CatalogueFile, EckpunkteFile
from dkbm.imports.schemas.municipalities import MunicipalityEntry
from dkbm.municipalities.models import Municipality
from goodpractice.domain.vocabulary import EckpunktText, save_eckpunkte, save_phases, save_programmes

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


def load_eckpunkte(file: EckpunkteFile) -> None:
    with naming("eckpunkte.yaml", "eckpunkte"):
        save_eckpunkte(
            eckpunkte=[
                EckpunktText(
                    number=entry.number,
                    slug=entry.slug,
                    title=entry.title,
                    short=entry.short,
                    explanation=entry.explanation,
                    leitfragen={question.key: question.text for question in entry.leitfragen},
                )
                for entry in file.eckpunkte
            ]
        )


def load_vocabulary(file: CatalogueFile) -> None:
    """Phases and programmes; lists that the file lacks stay as they are."""
    save_phases(phases=file.phases)
    save_programmes(programmes=file.programmes)
