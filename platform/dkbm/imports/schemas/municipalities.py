"""``municipalities.yaml``: districts and cities, common to all networks."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from .base import Entry, Line, LongLine, Slug, Text, unique

DistrictKey = Annotated[str, StringConstraints(pattern=r"^\d{5}$")]


class MunicipalityEntry(Entry):
    slug: Slug
    name: Line
    kind: Literal["landkreis", "kreisfreie_stadt", "kommunalverband"]
    district_key: DistrictKey | None = None
    land: Line
    network: Slug | None = None
    network_basis: Literal["quelle", "gebiet"] | None = None
    seat: Line
    lat: Annotated[float, Field(ge=-90, le=90)]
    lon: Annotated[float, Field(ge=-180, le=180)]
    website: Line | None = None
    education_page: LongLine | None = None
    in_magazine: Literal["artikel", "kurzportraet"] | None = None
    note: Text | None = None


class MunicipalitiesFile(Entry):
    municipalities: Annotated[list[MunicipalityEntry], AfterValidator(unique)]
