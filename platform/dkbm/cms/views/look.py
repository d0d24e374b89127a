"""Stylesheet with a network's colours (the policy of the pages forbids inline styles), and how others would look."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.permissions import policy_registry

from dkbm.cms.domain.look import stylesheet_of
from dkbm.cms.domain.look_preview import preview_of, preview_tokens
from dkbm.cms.models import NetworkLook
from dkbm.core.views import number_from
from dkbm.tenancy.http import NetworkRequest


@require_safe
def stylesheet(request: HttpRequest, version: str) -> HttpResponse:
    """``version`` changes with the colours, so that browsers may keep the file for a year."""
    response = HttpResponse(stylesheet_of(version), content_type="text/css")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@xframe_options_sameorigin
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: NetworkRequest) -> HttpResponse:
    """Small pages in the accent and with the logo that are typed, none of it saved; ``?accent=&logo=`` or by POST."""
    if not policy_registry.get_by_type(NetworkLook).user_has_permission(request.user, "change"):
        raise PermissionDenied
    asked = request.POST or request.GET
    shown = preview_of(accent=asked.get("accent"), logo_id=number_from(asked.get("logo")) if "logo" in asked else None)
    return render(request, "cms/look_preview.html", {"preview": shown})


@require_safe
def preview_stylesheet(request: HttpRequest, colour: str) -> HttpResponse:
    """Both schemes side by side, whatever the system wishes; 404 for what is no accent."""
    found = preview_tokens(f"#{colour}")
    if found is None:
        raise Http404
    return render(request, "cms/look_preview.css", found, content_type="text/css")
