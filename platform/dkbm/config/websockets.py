"""All socket routes."""

from forum.routing import websocket_urlpatterns as forum_patterns

websocket_urlpatterns = [*forum_patterns]
