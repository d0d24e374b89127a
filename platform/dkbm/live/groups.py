"""Names of groups. Every name carries the network's id, so that none can be shared by two networks."""

from __future__ import annotations

from dkbm.tenancy.context import require_network


def group(kind: str, id: int) -> str:
    """Group of one thing in the bound network, for example ``group("topic", 17)`` -> ``topic.2.17``.

    ``kind``: letters, digits and ``-``. Raises ``NoNetwork`` when no single network is bound.
    """
    return f"{kind}.{require_network().id}.{int(id)}"


def channel_of(group: str) -> str:
    """The channel as which pages know the group: ``topic.2.17`` -> ``topic:17``."""
    kind, _, id = group.split(".")
    return f"{kind}:{id}"


EVERYWHERE = "-rights.everywhere.0"
"""Group that all networks hear: an account is one for all of them."""


def rights_group() -> str:
    """Group that tells the sockets of the bound network to look at rights again; never passed on to a browser."""
    return group("-rights", 0)
