"""Pages under ASGI: a request and its error page have one thread, which gives its connection back at the end."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django
from asgiref.sync import sync_to_async
from django.conf import settings
from django.core.handlers.asgi import ASGIHandler
from django.db import connections
from django.http import HttpRequest, HttpResponseBadRequest
from django.http.response import HttpResponseBase
from django.template.loader import get_template
from django.urls import get_resolver


class PageHandler(ASGIHandler):
    """Django's handler with the chain of middleware that WSGI has, run as a whole in the request's thread.

    Django's own one makes the answer to an exception in whatever thread is free. That thread opens a connection which
    no end of a request closes: a pool loses it, and without one it breaks the error pages when the database ends it.
    All our middleware and views are synchronous, so it would also change threads several times for each request.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        return await sync_to_async(self.get_response)(request)

    def create_request(self, scope: Any, body_file: Any) -> Any:
        """Django refuses an unknown coding in a parameter of ``Content-Type`` by an error that nobody expects."""
        try:
            return super().create_request(scope, body_file)
        except ValueError:
            return None, HttpResponseBadRequest()

    async def handle(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        try:
            await super().handle(scope, receive, send)
        except BaseException:
            # A stream that breaks off, or a server that ends: nobody has told that the request is over.
            await sync_to_async(connections.close_all)()
            raise


def get_page_handler() -> PageHandler:
    """As ``get_asgi_application``: loads the apps first."""
    django.setup(set_prefix=False)
    return PageHandler()


def warm_up() -> None:
    """Do what the first visitor would otherwise wait for: read all addresses, read and compile our templates."""
    for urlconf in (settings.ROOT_URLCONF, settings.FRONT_DOOR_URLCONF):
        _ = get_resolver(urlconf).reverse_dict
    folders: list[Path] = settings.TEMPLATES[0]["DIRS"]  # type: ignore[assignment]
    for folder in folders:
        for template in folder.rglob("*.html"):
            get_template(str(template.relative_to(folder)))
