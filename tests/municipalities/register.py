"""The register of municipalities as the demo has it; call inside a binding."""

from __future__ import annotations

from dkbm.demo.domain.demo import DATA
from dkbm.imports.domain.common import load_municipalities
from dkbm.imports.reading import read_file
from dkbm.imports.schemas.municipalities import MunicipalitiesFile, MunicipalityEntry
from dkbm.municipalities.models import Municipality
from dkbm.tenancy.context import bind_all


def load_register() -> list[MunicipalityEntry]:
    """All 79, of which 45 are Niedersachsen's; gives the lines of the file."""
    entries = read_file(DATA / "municipalities.yaml", MunicipalitiesFile).municipalities
    with bind_all("register for a test", as_owner=True):
        load_municipalities(entries)
    return entries


def add_municipalities(keys: list[str], network: str) -> None:
    """One for each key, as if the network looked after it."""
    with bind_all("municipalities for a test", as_owner=True):
        Municipality.objects.bulk_create(
            Municipality(
                slug=f"kreis-{key}", name=f"Kreis {key}", kind="landkreis", district_key=key, network_slug=network
            )
            for key in keys
        )
