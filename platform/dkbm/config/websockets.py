"""All socket routes."""

from dkbm.live.routing import websocket_urlpatterns as live_patterns
from forum.routing import websocket_urlpatterns as forum_patterns

websocket_urlpatterns = [*live_patterns, *forum_patterns]
