"""The catalogue: list and map."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dkbm.tenancy.http import NetworkRequest
from goodpractice import rules
from goodpractice.domain.queries.catalogue import Catalogue, catalogue
from goodpractice.domain.queries.items import with_contact, with_rows
from goodpractice.domain.queries.places import items_by_place
from goodpractice.facets import PLACE
from goodpractice.forms import BY_DATE, MAP, CatalogueForm, asked, links_to_places, order_links, view_links

PAGE_SIZE = 20


@require_safe
def item_list(request: NetworkRequest) -> HttpResponse:
    """`?q=&eckpunkt=&art=&thema=&phase=&programm=&kommune=&sortierung=&ansicht=&seite=`"""
    visitor = request.visitor
    wanted = asked(request.GET)
    found = catalogue(visitor=visitor, **wanted)
    as_map = request.GET.get("ansicht") == MAP
    context = {
        "form": CatalogueForm(asked={**wanted, "chosen": found.chosen}, choices=found.choices),
        "views": view_links(request.GET, as_map=as_map),
        "kept_order": BY_DATE if wanted["by_date"] else "",
        "kept_view": MAP if as_map else "",
        "total": found.total,
        "filtered": bool(wanted["q"] or found.chosen),
        "may_edit": rules.may_edit(visitor),
        **(_on_map(request, found) if as_map else _in_lines(request, found, by_date=wanted["by_date"])),
    }
    return render(request, "goodpractice/list.html", context)


def _in_lines(request: NetworkRequest, found: Catalogue, *, by_date: bool) -> dict[str, Any]:
    page = Paginator(with_contact(with_rows(found.items)), PAGE_SIZE).get_page(request.GET.get("seite"))
    return {
        "page": page,
        "number": page.paginator.count,
        "orders": order_links(request.GET, by_date=by_date),
    }


def _on_map(request: NetworkRequest, found: Catalogue) -> dict[str, Any]:
    only = found.chosen.get(PLACE, "")
    by_place = items_by_place(found.items, visitor=request.visitor, url_of=links_to_places(request.GET), only=only)
    return {"by_place": by_place, "number": by_place.total}
