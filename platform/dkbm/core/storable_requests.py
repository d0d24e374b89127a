"""What no row can hold is refused at the door, once for all views: no query has to fear it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase

from dkbm.core.error_pages import bad_request
from dkbm.core.text import is_storable


class StorableRequestMiddleware:
    """A NUL (``%00``) in the path is an address of nothing; in a parameter, cookie, form or JSON it is a bad request.

    It stands above everything that asks the database for what a request says, and below the network's door, in whose
    look it answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_storable(request.path_info):
            raise Http404
        if not (_are_storable(request.GET) and is_storable(request.COOKIES)):
            return bad_request(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        try:
            taken = _are_storable(request.POST) and is_storable(_json_of(request))
        except UnreadablePostError:
            return None  # the browser is gone; whoever reads on learns it as before
        return None if taken else bad_request(request)


def _are_storable(values: Any) -> bool:
    return all(is_storable(name) and is_storable(given) for name, given in values.lists())


def _json_of(request: HttpRequest) -> Any:
    """Nothing for what is no JSON: the view says so."""
    if request.content_type != "application/json":
        return None
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        return None
