"""`GET /api/v1/search`: the same search as the page, for programs."""

from __future__ import annotations

from typing import Annotated, Any

from ninja import Field, Query, Router, Schema

from dkbm.tenancy.http import NetworkRequest

from .domain.queries.entries import find
from .domain.queries.words import MAX_LENGTH
from .enums import EntryType

router = Router(tags=["Suche"])


class SearchResult(Schema):
    """``snippet`` is HTML: escaped text with the found words in ``<mark>``."""

    type: EntryType
    slug: str
    title: str
    url: str = Field(description="Pfad auf dem Host des Netzwerks")
    snippet: str
    score: float


class SearchFacets(Schema):
    type: dict[str, int] = Field(description="Zahl der Treffer je Art, ohne den Filter „type“")


class SearchResults(Schema):
    total: int
    results: list[SearchResult]
    facets: SearchFacets


@router.get("/search", response=SearchResults, summary="Alles durchsuchen", operation_id="search")
def search(
    request: NetworkRequest,
    q: Annotated[
        str, Query(max_length=MAX_LENGTH, description="Wörter, „Wortgruppen“ in Anführungszeichen, -ohne")
    ] = "",
    type: Annotated[EntryType | None, Query(description="nur diese Art")] = None,
    limit: Annotated[int, Query(ge=1, le=100, description="höchstens so viele Treffer")] = 20,
) -> dict[str, Any]:
    """Limited to what the caller may see; without a session that is what is public."""
    found = find(q=q, visitor=request.visitor, type=type.value if type else "")
    return {"total": found.count(), "results": found[0:limit], "facets": {"type": found.counts}}
