"""The bare domain: which networks there are, and who runs the platform. Operators sign in here too."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dkbm.cms.domain.networks import listed_networks


@require_safe
def networks(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/front_door.html", {"networks": listed_networks()})


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/front_door_imprint.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "cms/front_door_privacy.html")
