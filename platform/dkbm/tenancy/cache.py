"""Cache keys carry the network: Wagtail keeps the site paths of one network for an hour otherwise."""

from __future__ import annotations

from .context import require_network


def network_key(key: str, key_prefix: str, version: int) -> str:
    """``KEY_FUNCTION`` of the cache. Raises ``NoNetwork`` when no single network is bound."""
    return f"{key_prefix}:{require_network().id}:{version}:{key}"
