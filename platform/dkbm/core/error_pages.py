"""Views of the error pages, in the network's look where a network is known."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from psycopg_pool import PoolTimeout

from dkbm.core.typed import hand_back

logger = logging.getLogger("dkbm.errors")
RETRY_SECONDS = 10


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """What was sent is nothing that a browser sends by itself. What ``exception`` says is not for the page."""
    return _page(request, "400.html", {}, status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "403.html", {"exception": str(exception or "")}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, "404.html", {}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "", **kwargs: Any) -> HttpResponse:
    """A form was sent after the cookie had gone. What was typed is handed back, if it comes from a page of ours."""
    if request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}":
        hand_back(request)
    return _page(request, "403_csrf.html", {"reason": reason}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """With the network's colours and logo where they can be had; else without request and database."""
    error_id = getattr(request, "id", "")
    network = getattr(request, "network", None)
    logger.error("error page", extra={"request_id": error_id, "network": network.slug if network else None})
    context = {"error_id": error_id, "network": network}
    if _got_no_connection(sys.exception()):
        page = render_to_string("503.html", context)
        return HttpResponse(page, status=503, headers={"Retry-After": str(RETRY_SECONDS)})
    try:
        page = render_to_string("500.html", context, request)
    except Exception:
        # Whatever broke the page may have broken its frame; the traceback of the first is in the log already.
        page = render_to_string("500.html", context)
    return HttpResponse(page, status=500)


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int) -> HttpResponse:
    """What goes wrong while an error page is drawn leads to :func:`server_error`, and Django would not log it."""
    try:
        return render(request, template, context, status=status)
    except Exception:
        logger.exception("error page failed", extra={"template": template})
        raise


def _got_no_connection(error: BaseException | None) -> bool:
    """Whether the error comes from waiting in vain for one of the pool's connections."""
    while error is not None and not isinstance(error, PoolTimeout):
        error = error.__cause__ or error.__context__
    return error is not None
