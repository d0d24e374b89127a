"""ASGI application: pages by Django, sockets by Channels behind the network's door."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dkbm.config.settings")

from django.core.asgi import get_asgi_application

http = get_asgi_application()

from channels.auth import AuthMiddlewareStack  # noqa: E402 - needs loaded apps
from channels.routing import ProtocolTypeRouter, URLRouter  # noqa: E402 - needs loaded apps

from dkbm.config.websockets import websocket_urlpatterns  # noqa: E402 - needs loaded apps
from dkbm.tenancy.sockets import NetworkSocketMiddleware  # noqa: E402 - needs loaded apps

application = ProtocolTypeRouter(
    {
        "http": http,
        "websocket": NetworkSocketMiddleware(AuthMiddlewareStack(URLRouter(websocket_urlpatterns))),
    }
)
