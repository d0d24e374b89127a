"""The one search page."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dkbm.tenancy.http import NetworkRequest

from .domain.queries.entries import Hit, find
from .forms import SearchForm

PAGE_SIZE = 20


@require_safe
def search_page(request: NetworkRequest) -> HttpResponse:
    """`?q=&art=&sortierung=&seite=` and each facet by its name, repeatable; what does not exist counts as not given."""
    form = SearchForm(request.GET)
    asked = form.asked()
    found = find(
        q=asked.q,
        visitor=request.visitor,
        type=asked.type,
        chosen=asked.chosen,
        newest_first=asked.newest_first,
        lenient=True,
    )
    page: Page[Hit] = Paginator(found, PAGE_SIZE).get_page(request.GET.get("seite"))  # type: ignore[arg-type]
    return render(
        request,
        "search/search.html",
        {"asked": asked, "search_query": asked.q, "page": page, "counts": found.counts, **asked.choices(found)},
    )
