"""How long pages may be kept: never unasked. Static files, which never change, have an answer of their own."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers


class AskAgainMiddleware:
    """Whoever keeps a page asks whether it is still the same; what a person got is kept in their browser alone.

    The answer is 304 where the bytes are the same (Django's ``ConditionalGetMiddleware``), so a page can be neither
    old nor somebody else's. A view that says something of its own about caching is left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            if settings.SESSION_COOKIE_NAME in request.COOKIES or response.cookies:
                patch_cache_control(response, private=True)
            patch_cache_control(response, no_cache=True)
            patch_vary_headers(response, ["Cookie"])
        return response
