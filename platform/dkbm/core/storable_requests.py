"""What no row can hold is refused at the door, once for all views: no query has to fear it."""

from __future__ import annotations

import codecs
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

    So is what is said to be in another coding than UTF-8: Python would read it by any codec of its own (``hex``).

    It stands above everything that asks the database for what a request says, and below the network's door, in whose
    look it answers.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not is_storable(request.path_info):
            raise Http404
        if not _is_readable(request):
            request.encoding = "utf-8"  # the page about it may ask what was sent
            return bad_request(request)
        if not (_are_storable(request.GET) and is_storable(request.COOKIES)):
            return bad_request(request)
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponseBase | None:
        try:
            taken = _are_storable(request.POST) and is_storable(_json_of(request))
        except UnreadablePostError:
            return None  # the browser is gone; whoever reads on learns it as before
        return None if taken else bad_request(request)


def _is_readable(request: HttpRequest) -> bool:
    """ASCII is UTF-8 too. What is accepted as an answer may name a coding as well; views ask for it late."""
    coding = (request.content_params or {}).get("charset", "utf-8")
    try:
        if "'" in request.headers.get("Accept", ""):
            _ = request.accepted_types
        return codecs.lookup(coding.strip()).name in {"utf-8", "ascii"}
    except (LookupError, ValueError):
        return False


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
