"""`GET /api/v1/transfergegenstaende`: the catalogue for programs. No answer holds contacts for members alone."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpResponse
from ninja import Field, Path, Query, Router, Schema
from ninja.errors import HttpError

from dkbm.tenancy.http import NetworkRequest
from goodpractice.enums import ItemVisibility, Kind

from .domain.queries.detail import item_by_slug
from .domain.queries.open_data import LICENCE, page_of_items, whole_item

router = Router(tags=["Gute Praxis"])
DAY = "Tag als JJJJ-MM-TT"


class Place(Schema):
    slug: str
    name: str
    district_key: str = Field(description="amtlicher Kreisschlüssel, fünf Ziffern; leer, wo es keinen gibt")


class Milestone(Schema):
    when: str
    what: str


class Figure(Schema):
    label: str
    value: str
    unit: str
    year: int | None


class Contact(Schema):
    """Wen man fragen kann. Namen stehen nie darin, Telefon und E-Mail nur, wenn sie für alle sind."""

    function: str
    unit: str
    municipality: str
    phone: str
    mail: str
    web: str


class ShortItem(Schema):
    slug: str
    title: str
    url: str = Field(description="Adresse der Seite")
    kind: Kind
    municipality: Place | None
    eckpunkte: list[int] = Field(description="Nummern der Eckpunkte, der wichtigste zuerst")
    topics: list[str]
    summary: str
    visibility: ItemVisibility
    checked_on: str | None = Field(description=f"zuletzt geprüft, {DAY}")
    published: str = Field(description=f"im Katalog seit, {DAY}")


class WholeItem(ShortItem):
    """Teile, zu denen die Quelle nichts sagt, sind leer."""

    further_municipalities: list[Place]
    phases: list[str]
    programmes: list[str]
    initiierung: str
    meilensteine: str
    etablierung: str
    timeline: list[Milestone]
    figures: list[Figure]
    resources: str
    success_factors: list[str]
    transfer_notes: str
    contacts: list[Contact]
    source: str
    year: int | None
    links: list[str]


class ItemPage(Schema):
    total: int
    offset: int
    limit: int
    licence: str = Field(description="Lizenz der öffentlichen Beispiele")
    results: list[ShortItem]


Offset = Annotated[int, Query(ge=0, le=1_000_000, description="so viele überspringen")]
Limit = Annotated[int, Query(ge=1, le=100, description="höchstens so viele")]


@router.get(
    "/transfergegenstaende",
    response=ItemPage,
    summary="Beispiele guter Praxis, nach Titel",
    operation_id="catalogue",
    url_name="catalogue",
)
def catalogue(request: NetworkRequest, offset: Offset = 0, limit: Limit = 20) -> dict[str, Any]:
    """Without a session what is public, with one what the member may see."""
    total, results = page_of_items(request.visitor, offset=offset, limit=limit)
    return {"total": total, "offset": offset, "limit": limit, "licence": LICENCE, "results": results}


@router.get(
    "/transfergegenstaende/{slug}",
    response=WholeItem,
    summary="Ein Beispiel mit allen Angaben",
    operation_id="catalogue_item",
    url_name="catalogue_item",
)
def catalogue_item(
    request: NetworkRequest, slug: Annotated[str, Path(max_length=100, pattern=r"^[-\w]+$")], response: HttpResponse
) -> dict[str, Any]:
    """404 for what does not exist and for what the caller may not see."""
    item = item_by_slug(slug, request.visitor)
    if item is None:
        raise HttpError(404, "Das Beispiel gibt es nicht.")
    return whole_item(item)
