"""``robots.txt`` of a network: what search engines need not ask for."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from dkbm.cms.domain.networks import is_public
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import main_url

CLOSED = ("wagtailadmin_home", "accounts:home", "management:requests", "notifications:list", "search:search")
"""Nothing to find there: all of it asks who one is, or is a list of other pages."""


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing is to be found of a network that is not public yet."""
    context = {
        "open": is_public(),
        "closed": [reverse(name) for name in CLOSED],
        "sitemap": main_url(require_network()) + reverse("sitemap"),
    }
    return render(request, "frame/robots.txt", context, content_type="text/plain; charset=utf-8")
