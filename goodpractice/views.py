"""The catalogue: list and one example."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dkbm.tenancy.http import NetworkRequest
from goodpractice import rules
from goodpractice.domain.queries.catalogue import catalogue
from goodpractice.domain.queries.detail import detail, item_by_slug
from goodpractice.forms import BY_DATE, CatalogueForm, asked, orders

PAGE_SIZE = 20


@require_safe
def item_list(request: NetworkRequest) -> HttpResponse:
    """`?q=&eckpunkt=&art=&thema=&phase=&programm=&kommune=&sortierung=&seite=`"""
    visitor = request.visitor
    wanted = asked(request.GET)
    found = catalogue(visitor=visitor, **wanted)
    page = Paginator(found.items, PAGE_SIZE).get_page(request.GET.get("seite"))
    context = {
        "form": CatalogueForm(asked={**wanted, "chosen": found.chosen}, choices=found.choices),
        "page": page,
        "orders": orders(request.GET, by_date=wanted["by_date"]),
        "kept_order": BY_DATE if wanted["by_date"] else "",
        "total": found.total,
        "filtered": bool(wanted["q"] or found.chosen),
        "may_edit": rules.may_edit(visitor),
    }
    return render(request, "goodpractice/list.html", context)


@require_safe
def item_page(request: NetworkRequest, slug: str) -> HttpResponse:
    """404 for what does not exist and for what this reader may not see."""
    visitor = request.visitor
    item = item_by_slug(slug, visitor)
    if item is None:
        raise Http404
    context = {"detail": detail(item=item, visitor=visitor), "may_edit": rules.may_edit(visitor)}
    return render(request, "goodpractice/item.html", context)
