"""What stands on no list of URLs is a 404, on every host; ``/cms/`` has lists of its own (``cms.gate``)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from dkbm.cms.gate import PREFIX as CMS
from dkbm.config.url_list import FRONT_DOOR, NETWORK, Audience
from dkbm.tenancy.context import require_network


def closed(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
    """View of a name that must exist and leads nowhere."""
    raise Http404


class UrlGateMiddleware:
    """Refuses views that nobody has put on ``config.url_list``: a library's upgrade opens no door by itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: dict[str, Any]) -> None:
        if request.resolver_match is None or request.path_info.startswith(CMS):
            return
        names = FRONT_DOOR if require_network().is_platform else NETWORK
        if names.get(request.resolver_match.view_name, Audience.NOBODY) is Audience.NOBODY:
            raise Http404
