"""The one search page."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dkbm.cms.domain.networks import is_public
from dkbm.cms.frame import areas
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import main_url
from dkbm.tenancy.http import NetworkRequest

from .domain.queries.entries import Hit, find
from .domain.queries.public import public_addresses
from .domain.queries.suggesting import suggestions
from .forms import SearchForm
from .places import RESULTS
from .rates import may_ask

PAGE_SIZE = 20


class PublicAddresses(Sitemap):
    """Areas of the network, and what guests find in them."""

    limit = 50_000  # as the protocol of sitemaps has it

    def items(self) -> list[str]:
        if not is_public():
            return []
        pages = [url for area in areas("/") for url in (area.url, *(page.url for page in area.pages))]
        return list(dict.fromkeys([*pages, *public_addresses()]))

    def location(self, item: str) -> str:
        return item

    def get_domain(self, site: Any = None) -> str:
        return main_url(require_network()).partition("://")[2]

    def get_protocol(self, protocol: str | None = None) -> str:
        return settings.PUBLIC_SCHEME


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    return sitemap_view(request, {"all": PublicAddresses()})


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
    context = {"asked": asked, "search_query": asked.q, "page": page, **asked.choices(found)}
    context["panels"] = RESULTS.panels(request, replace(asked, chosen=found.chosen)) if asked.q else []
    return render(request, "search/search.html", context)


@require_safe
@never_cache
def suggestion_list(request: NetworkRequest) -> HttpResponse:
    """`?q=`: JSON for the search box. What a reader gets is theirs alone, so nothing keeps it."""
    if not may_ask(request, str(request.visitor.person_id or "")):
        return JsonResponse({"suggestions": []}, status=429)
    found = suggestions(q=request.GET.get("q", ""), visitor=request.visitor)
    return JsonResponse({"suggestions": [asdict(each) for each in found]})
