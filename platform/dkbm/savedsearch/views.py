"""A member's own saved searches."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dkbm.accounts.decorators import member_required
from dkbm.core.views import Crumb, form_page
from dkbm.savedsearch.domain.queries.searches import results_path, searches_of
from dkbm.savedsearch.domain.searches import delete_search, rename_search, save_search, set_alert
from dkbm.savedsearch.errors import NotSaved
from dkbm.savedsearch.forms import NameForm, asked_in
from dkbm.savedsearch.models import SavedSearch
from dkbm.search.types import all_types
from dkbm.tenancy.http import NetworkRequest


@require_safe
@member_required
def search_list(request: NetworkRequest) -> HttpResponse:
    labels = {kind.key: kind.label for kind in all_types()}
    rows = [_row(search, labels) for search in searches_of(request.visitor)]
    return render(request, "savedsearch/list.html", {"rows": rows, "crumbs": _crumbs()[:1]})


@require_POST
@member_required
def save(request: NetworkRequest) -> HttpResponse:
    """Back to the results, which say that the search is kept."""
    try:
        search = save_search(visitor=request.visitor, **asked_in(request.POST))
    except NotSaved as refusal:
        messages.error(request, refusal.reason)
        return redirect("savedsearch:list")
    messages.success(request, _("Ihre Suche ist gemerkt. Neue Treffer stehen in Ihrem Tagesüberblick."))
    return redirect(results_path(search))


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def rename(request: NetworkRequest, search_id: int) -> HttpResponse:
    search = _own(request, search_id)
    form = NameForm(request.POST or None, initial={"name": search.name})
    if request.method == "POST" and form.is_valid():
        with form.refusals():
            rename_search(search=search, name=form.cleaned_data["name"], visitor=request.visitor)
            return redirect("savedsearch:list")
    return form_page(request, "savedsearch/rename.html", form, search=search, crumbs=_crumbs())


@require_POST
@member_required
def alert(request: NetworkRequest, search_id: int) -> HttpResponse:
    """``an``: 1 or nothing. It sets and does not turn over, so it may arrive twice."""
    search = _own(request, search_id)
    set_alert(search=search, alert=request.POST.get("an") == "1", visitor=request.visitor)
    return redirect("savedsearch:list")


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def delete(request: NetworkRequest, search_id: int) -> HttpResponse:
    search = _own(request, search_id)
    if request.method == "POST":
        delete_search(search=search, visitor=request.visitor)
        messages.success(request, _("Die Suche ist gelöscht."))
        return redirect("savedsearch:list")
    return render(request, "savedsearch/delete.html", {"search": search, "crumbs": _crumbs()})


def _own(request: NetworkRequest, search_id: int) -> SavedSearch:
    return get_object_or_404(searches_of(request.visitor), pk=search_id)


def _row(search: SavedSearch, labels: dict[str, Any]) -> dict[str, Any]:
    filters = sum(map(len, search.chosen.values()))
    return {"search": search, "url": results_path(search), "type": labels.get(search.type, ""), "filters": filters}


def _crumbs() -> list[Crumb]:
    return [Crumb(_("Suche"), reverse("search:search")), Crumb(_("Gemerkte Suchen"), reverse("savedsearch:list"))]
