"""ASGI application: pages by Django, sockets by Channels behind the network's door."""

from __future__ import annotations

import gc
import os
from typing import Any

# What is loaded stays: collecting garbage meanwhile is a fifth of the start.
gc.disable()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dkbm.config.settings.web")

from dkbm.config.pages import get_page_handler, warm_up  # noqa: E402 - after the collector is off

http = get_page_handler()
warm_up()

from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - needs loaded apps
from django.conf import settings  # noqa: E402 - needs loaded apps
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware  # noqa: E402 - needs loaded apps

from dkbm.config.websockets import websocket_urlpatterns  # noqa: E402 - needs loaded apps
from dkbm.tenancy.sockets import NetworkSocketMiddleware  # noqa: E402 - needs loaded apps


def behind_proxies(app: Any, proxies: list[str]) -> Any:
    """``app`` with scheme and client address as the ``proxies`` say, who are addresses or networks.

    The same headers from anybody else are what a stranger wrote. Uvicorn's own switch for this stays off.
    """
    return ProxyHeadersMiddleware(app, proxies) if proxies else app


application = behind_proxies(
    ProtocolTypeRouter(
        {
            "http": http,
            "websocket": NetworkSocketMiddleware(URLRouter(websocket_urlpatterns)),
        }
    ),
    settings.TRUSTED_PROXIES,
)

gc.freeze()
gc.enable()
