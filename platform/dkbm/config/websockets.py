"""All socket routes."""

from dkbm.live.routing import websocket_urlpatterns as live_patterns

websocket_urlpatterns = [*live_patterns]
