"""What the search server has still to hear of: noted with each change, where there is a server."""

from __future__ import annotations

from collections.abc import Iterable

from dkbm.core.commits import publish_once_on_commit
from dkbm.search.models import SearchChange
from dkbm.search.server.connection import is_set
from dkbm.tenancy.context import require_network

FEED_TASK = "search.feed_network"


def note_changes(changed: Iterable[tuple[str, str]]) -> None:
    """``changed``: type and key of entries of the bound network that were written or taken out in this transaction."""
    if not is_set():
        return
    network = require_network().id
    rows = [SearchChange(network_id=network, type=type, key=key) for type, key in changed]
    if rows:
        SearchChange.objects.bulk_create(rows, batch_size=1000)
        publish_once_on_commit(FEED_TASK)
