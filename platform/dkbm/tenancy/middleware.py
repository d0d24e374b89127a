"""HTTP door: the host decides which network is bound. Outermost, because the session is saved after the view."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from wagtail.models import Site

from .context import BoundNetwork, bind
from .hosts import network_for_host, split_host
from .models import Membership


class NetworkMiddleware:
    """Binds the host's network around everything else; an unknown host gets a plain 404 page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        network = network_for_host(request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", ""))
        if network is None:
            return _unknown_host(request)
        request.network = network  # type: ignore[attr-defined]
        if network.is_platform:
            request.urlconf = settings.FRONT_DOOR_URLCONF  # type: ignore[attr-defined]
        else:
            # Wagtail would look the site up by host name and port, with a default as a way out.
            request._wagtail_site = SimpleLazyObject(lambda: _site(network))  # type: ignore[attr-defined]
        with bind(network):
            response = self.get_response(request)
        return _bind_stream(response, network)


def _site(network: BoundNetwork) -> Site:
    return Site.objects.select_related("root_page__locale").get(pk=network.site_id)


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


def _unknown_host(request: HttpRequest) -> HttpResponse:
    host = split_host(request.META.get("HTTP_HOST", ""))
    return render(request, "unknown_host.html", {"host": host}, status=404)


class MembershipMiddleware:
    """``request.membership``: the signed-in person's membership of the bound network, ``None`` for guests.

    Lazy: a page that does not ask costs no query. Falsy for guests, so ``{% if membership.is_active %}`` works.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.membership = SimpleLazyObject(lambda: _remembered(request.user))  # type: ignore[attr-defined]
        return self.get_response(request)


def remember_membership(person: Any, membership: Membership) -> None:
    """Spares the request a query: the backend read the row to see whether this person may be here."""
    person._bound_membership = membership


def _remembered(person: Any) -> Membership | None:
    found: Membership | None = getattr(person, "_bound_membership", None)
    return found or membership_of(person)


def membership_of(person: Any) -> Membership | None:
    """The person's row in the bound network, whatever its state; ``None`` for guests."""
    if not getattr(person, "is_authenticated", False):
        return None
    return Membership.objects.filter(person_id=person.pk).first()
