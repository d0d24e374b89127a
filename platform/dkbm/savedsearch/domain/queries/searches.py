"""A person's saved searches, where their results are, and what they find."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict

from dkbm.core.paths import network_path
from dkbm.savedsearch.models import SavedSearch
from dkbm.search.domain.queries.counting import Chosen
from dkbm.search.domain.queries.matching import Matching, things_matching
from dkbm.search.facets import all_facets
from dkbm.search.types import type_keys
from dkbm.tenancy.visitor import Visitor


def searches_of(visitor: Visitor) -> QuerySet[SavedSearch]:
    own: QuerySet[SavedSearch] = SavedSearch.objects.filter(person_id=visitor.person_id)
    return own.defer("seen")


def chosen_of(search: SavedSearch) -> Chosen:
    """Without facets that there are no more."""
    return {facet: search.chosen[facet.key] for facet in all_facets() if facet.key in search.chosen}


def results_path(search: SavedSearch, *, newest_first: bool = False) -> str:
    query = QueryDict(mutable=True)
    query["q"] = search.q
    if search.type:
        query["art"] = search.type
    if newest_first:
        query["sortierung"] = "datum"
    for facet, keys in chosen_of(search).items():
        query.setlist(facet.param, list(keys))
    return f"{network_path('search:search')}?{query.urlencode()}"


def hits_of(search: SavedSearch, visitor: Visitor, *, since: datetime | None = None) -> list[Matching]:
    """What the visitor may see of it now, the newest first; nothing of a type that there is no more.

    ``since``: when it was looked at before (``things_matching``).
    """
    if search.type and search.type not in type_keys():
        return []
    chosen = chosen_of(search)
    return things_matching(q=search.q, visitor=visitor, type=search.type, chosen=chosen, since=since)
