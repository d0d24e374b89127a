"""What other programs show of a network: the picture beside a shared link, and its sign."""

from __future__ import annotations

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dkbm.cms.domain.look import accent
from dkbm.cms.domain.sharing import share_picture, title_of
from dkbm.cms.domain.signs import network_sign, png

ICON_SIZE = 180
"""Pixels, as start screens of phones ask for."""


@require_safe
def picture(request: HttpRequest, signed: str) -> HttpResponse:
    """PNG; 404 for a title that no page of this network has signed."""
    try:
        title = title_of(signed)
    except BadSignature:
        raise Http404 from None
    response = HttpResponse(share_picture(title, accent()), content_type="image/png")
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def look_icon(request: HttpRequest, version: str, kind: str) -> HttpResponse:
    """``kind``: svg or png. ``version`` changes with colour and name; districts may come to a network any day."""
    sign = network_sign(accent())
    if kind == "svg":
        response = render(request, "frame/_sign.html", {"sign": sign}, content_type="image/svg+xml")
    elif kind == "png":
        response = HttpResponse(png(sign.drawn(ICON_SIZE)), content_type="image/png")
    else:
        raise Http404
    response["Cache-Control"] = "public, max-age=86400"
    return response
