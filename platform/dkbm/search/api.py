"""`GET /api/v1/search`: the same search as the page, for programs."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

from ninja import Field, Query, Router, Schema
from pydantic import create_model

from dkbm.tenancy.http import NetworkRequest

from .domain.queries.entries import Found, find
from .facets import MOST_KEYS, all_facets
from .forms import chosen_in
from .questions import MAX_LENGTH
from .types import type_keys

router = Router(tags=["Suche"])

# This module is read with the URLs, when the apps have registered their types and facets: no literal for mypy.
EntryType: Any = StrEnum("EntryType", [(key.upper(), key) for key in type_keys()])  # type: ignore[misc]


class SearchResult(Schema):
    """``snippet`` is HTML: escaped text with the found words in ``<mark>``."""

    type: EntryType
    slug: str
    title: str
    url: str = Field(description="Pfad auf dem Host des Netzwerks")
    snippet: str
    score: float


class SearchResults(Schema):
    total: int = Field(description="Zahl der Treffer; von jeder Art sind höchstens die neuesten 1.000 dabei")
    more: list[EntryType] = Field(
        description="Arten, von denen es mehr als 1.000 Treffer gibt. Gesucht, eingegrenzt und gezählt wird bei ihnen "
        "unter den neuesten 1.000."
    )
    results: list[SearchResult]
    facets: dict[str, dict[str, int]] = Field(
        description="Facette -> Wert -> Zahl der Treffer. „type“ steht immer da, die anderen, wo ein Treffer sie hat. "
        "Gezählt wird ohne die eigene Auswahl der Facette: So viele Treffer brächte ein weiterer Wert."
    )


_choices: dict[str, Any] = {
    facet.key: (list[str], Field([], max_length=MOST_KEYS, description=f"nur mit diesen Werten: {facet.label}"))
    for facet in all_facets()
}
FacetChoices: Any = create_model("FacetChoices", __base__=Schema, **_choices)


@router.get("/search", response=SearchResults, summary="Alles durchsuchen", operation_id="search")
def search(
    request: NetworkRequest,
    choices: Annotated[FacetChoices, Query()],
    q: Annotated[
        str, Query(max_length=MAX_LENGTH, description="Wörter, „Wortgruppen“ in Anführungszeichen, -ohne")
    ] = "",
    type: Annotated[EntryType | None, Query(description="nur diese Art")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="höchstens so viele Treffer")] = 20,
) -> dict[str, Any]:
    """Limited to what the caller may see; without a session that is what is public.

    Several values of one facet widen the choice, several facets narrow it.
    """
    found = find(
        q=q,
        visitor=request.visitor,
        type=type.value if type else "",
        chosen=chosen_in({facet: getattr(choices, facet.key) for facet in all_facets()}),
    )
    return {"total": found.count(), "more": found.more, "results": found[0:limit], "facets": _numbers(found)}


def _numbers(found: Found) -> dict[str, dict[str, int]]:
    numbers = {"type": found.counts}
    for facet in all_facets():
        if values := {value.key: value.number for value in found.facets.of(facet) if value.number}:
            numbers[facet.key] = values
    return numbers
