"""Names of channel groups. Every name carries the network's id."""

from __future__ import annotations

from dkbm.tenancy.context import require_network


def group(kind: str, id: int) -> str:
    """Group of one thing in the bound network, for example ``group("topic", 17)`` -> ``topic.2.17``.

    ``kind``: letters, digits and ``-``. Raises ``NoNetwork`` when no single network is bound.
    """
    return f"{kind}.{require_network().id}.{int(id)}"
