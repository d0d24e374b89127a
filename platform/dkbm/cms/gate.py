"""Lock 3: in ``/cms/`` every view is on a list; what is on none is a 404.

A Wagtail upgrade that adds a view makes ``tests/cms/test_gate.py`` fail until somebody has classified it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from csp.constants import SELF, UNSAFE_INLINE
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase

from dkbm.cms.gate_lists import network_views
from dkbm.cms.unreadable import is_unreadable, names_a_page
from dkbm.core.error_pages import bad_request, not_found
from dkbm.tenancy.http import NetworkRequest

PREFIX = "/cms/"

BULK_MODELS = {("basepage", "basepage"), ("cms", "networkimage"), ("cms", "networkdocument")}


def is_open(view_name: str) -> bool:
    """True when a network's editors may reach the view."""
    return view_name in network_views()


class CmsGateMiddleware:
    def __init__(self, get_response: Callable[[NetworkRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NetworkRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.path.startswith(PREFIX):
            # Wagtail's editor writes inline styles and scripts; members' pages never do.
            response._csp_update = {"script-src": [SELF, UNSAFE_INLINE], "style-src": [SELF, UNSAFE_INLINE]}  # type: ignore[attr-defined]
        return response

    def process_exception(self, request: NetworkRequest, exception: Exception) -> HttpResponseBase | None:
        """Some of Wagtail's views fetch an id from the form bare; one that is not here is a 404, not our error."""
        if not request.path.startswith(PREFIX):
            return None
        if isinstance(exception, ObjectDoesNotExist):
            return not_found(request)
        return bad_request(request) if is_unreadable(request, exception) else None

    def process_view(
        self, request: NetworkRequest, view: Any, args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not request.path_info.startswith(PREFIX) or request.resolver_match is None:
            return None
        name = request.resolver_match.view_name or ""
        if not is_open(name):
            raise Http404
        if name == "wagtail_bulk_action" and (kwargs["app_label"], kwargs["model_name"]) not in BULK_MODELS:
            raise Http404
        return None if all(map(names_a_page, _afterwards(request))) else bad_request(request)


def _afterwards(request: NetworkRequest) -> list[str]:
    """Where the request says to go on to."""
    try:
        return [*request.GET.getlist("next"), *request.POST.getlist("next")]
    except UnreadablePostError:
        return []  # the browser is gone; whoever reads on learns it as before
