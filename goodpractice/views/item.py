"""One example: its page, and the same as a PDF."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dkbm.printing.serving import pdf_response
from dkbm.tenancy.http import NetworkRequest
from goodpractice import rules
from goodpractice.domain.printing import item_document
from goodpractice.domain.queries.detail import detail, item_by_slug
from goodpractice.domain.queries.open_data import linked_data
from goodpractice.models import Transfergegenstand
from goodpractice.places import ITEM


@require_safe
def item_page(request: NetworkRequest, slug: str) -> HttpResponse:
    item = _item_or_404(request, slug)
    context = {
        "detail": detail(item=item, visitor=request.visitor),
        "linked_data": linked_data(item),
        "may_edit": rules.may_edit(request.visitor),
        "panels": ITEM.panels(request, item),
    }
    return render(request, "goodpractice/item.html", context)


@require_safe
def item_pdf(request: NetworkRequest, slug: str) -> HttpResponseBase:
    item = _item_or_404(request, slug)
    document = item_document(item, request.visitor)
    return pdf_response(request, document, title=item.title, back=item.get_absolute_url())


def _item_or_404(request: NetworkRequest, slug: str) -> Transfergegenstand:
    """404 for what does not exist and for what this reader may not see."""
    item = item_by_slug(slug, request.visitor)
    if item is None:
        raise Http404
    return item
