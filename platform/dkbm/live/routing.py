"""The one socket route."""

from __future__ import annotations

from typing import Any

from django.urls import path

from .consumers import page_socket

websocket_urlpatterns: list[Any] = [path("ws/", page_socket)]  # type: ignore[arg-type]  # an ASGI application
