"""Stylesheet with a network's colours: the policy of the pages forbids inline styles."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dkbm.cms.domain.look import tokens


@require_safe
def stylesheet(request: HttpRequest, version: str) -> HttpResponse:
    """``version`` changes with the colours, so that browsers may keep the file for a year."""
    response = render(request, "look.css", tokens(), content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response
