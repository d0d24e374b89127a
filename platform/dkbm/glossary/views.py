"""The glossary: all terms by letter, and one by itself."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from dkbm.glossary import rules
from dkbm.glossary.domain.queries.terms import glossary, term_by_slug
from dkbm.glossary.forms import WordForm, asked
from dkbm.tenancy.http import NetworkRequest


@require_safe
def term_list(request: NetworkRequest) -> HttpResponse:
    """`?q=`"""
    q = asked(request.GET)
    context = {
        "form": WordForm(initial={"q": q}),
        "q": q,
        "glossary": glossary(q=q),
        "elsewhere": _search(q),
        "may_edit": rules.may_edit(request.visitor),
    }
    return render(request, "glossary/list.html", context)


@require_safe
def term_page(request: NetworkRequest, slug: str) -> HttpResponse:
    row = term_by_slug(slug)
    if row is None:
        raise Http404
    context = {"row": row, "elsewhere": _search(row.term.term), "may_edit": rules.may_edit(request.visitor)}
    return render(request, "glossary/term.html", context)


def _search(q: str) -> str:
    return f"{reverse('search:search')}?{urlencode({'q': q})}"
