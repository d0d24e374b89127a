"""HTTP door: the host decides which network is bound. Outermost, because the session is saved after the view."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from .context import BoundNetwork, bind
from .hosts import network_for_host, split_host
from .http import NetworkRequest
from .kept_queries import Given, KeptQuery
from .visitor import Visitor, visitor_of_session

_SITE = KeptQuery(lambda: Site.objects.filter(pk=Given("pk")).select_related("root_page__locale"))


class HostMiddleware:
    """Refuses a ``Host`` that is no host, as ``name:`` or ``a b``: Django would log each with a traceback."""

    def __init__(self, get_response: Callable[[NetworkRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NetworkRequest) -> HttpResponseBase:
        try:
            request.get_host()
        except DisallowedHost:
            return _unknown_host(request, status=400)
        return self.get_response(request)


class NetworkMiddleware:
    """Binds the host's network around everything else; an unknown host gets a plain 404 page."""

    def __init__(self, get_response: Callable[[NetworkRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NetworkRequest) -> HttpResponseBase:
        network = network_for_host(request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", ""))
        if network is None:
            return _unknown_host(request)
        request.network = network
        if network.is_platform:
            request.urlconf = settings.FRONT_DOOR_URLCONF
        else:
            # Wagtail would look the site up by host name and port, with a default as a way out.
            request._wagtail_site = SimpleLazyObject(lambda: _site(network))
        with bind(network):
            response = self.get_response(request)
        return _bind_stream(response, network)


def _site(network: BoundNetwork) -> Site:
    site = _SITE.first(pk=network.site_id)
    if site is None:
        raise Site.DoesNotExist
    return site


def _bind_stream(response: HttpResponseBase, network: BoundNetwork) -> HttpResponseBase:
    """A stream is read after the middleware has returned; its queries need the binding too."""
    if not response.streaming:
        return response
    content = response.streaming_content  # type: ignore[attr-defined]
    if response.is_async:  # type: ignore[attr-defined]
        response.streaming_content = _bound_async(content, network)  # type: ignore[attr-defined]
    else:
        response.streaming_content = _bound(content, network)  # type: ignore[attr-defined]
    return response


def _bound(content: Iterator[bytes], network: BoundNetwork) -> Iterator[bytes]:
    iterator = iter(content)
    while True:
        with bind(network):
            try:
                part = next(iterator)
            except StopIteration:
                return
        yield part


async def _bound_async(content: AsyncIterator[bytes], network: BoundNetwork) -> AsyncIterator[bytes]:
    iterator = aiter(content)
    while True:
        with bind(network):
            try:
                part = await anext(iterator)
            except StopAsyncIteration:
                return
        yield part


def _unknown_host(request: HttpRequest, *, status: int = 404) -> HttpResponse:
    host = split_host(request.META.get("HTTP_HOST", ""))
    return render(request, "unknown_host.html", {"host": host}, status=status)


class VisitorMiddleware:
    """``request.visitor``: who asks. Made at the first question; a page that does not ask costs no query."""

    def __init__(self, get_response: Callable[[NetworkRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: NetworkRequest) -> HttpResponseBase:
        visitor = SimpleLazyObject(lambda: visitor_of_session(request.user))
        request.visitor = cast("Visitor", visitor)
        return self.get_response(request)
