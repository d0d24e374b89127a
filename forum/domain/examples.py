"""Which posts name an example of good practice by its address: that is how its page knows where it is discussed."""

from __future__ import annotations

import re
from functools import lru_cache

from dkbm.core.paths import network_path
from dkbm.tenancy.context import require_network
from dkbm.tenancy.hosts import split_host
from forum.models import Post, PostExample
from goodpractice.models import Transfergegenstand

MOST = 50


def _catalogue() -> str:
    return network_path("goodpractice:list")


@lru_cache(1)
def _address() -> re.Pattern[str]:
    return re.compile(rf"(?:https?://(?P<host>[^\s/]+)|(?<![\w./-])){re.escape(_catalogue())}(?P<slug>[-\w]+)")


def note_examples(post: Post, *, before: str = "") -> None:
    """Exactly those that the text names now. No query where neither this text nor the one ``before`` names any."""
    if _catalogue() not in f"{before} {post.text}":
        return
    items = set(Transfergegenstand.objects.filter(slug__in=named_in(post.text)).values_list("pk", flat=True))
    PostExample.objects.filter(post=post).exclude(item__in=items).delete()
    PostExample.objects.bulk_create(
        [PostExample(post=post, item_id=item) for item in sorted(items)], ignore_conflicts=True
    )


def named_in(text: str) -> list[str]:
    """Slugs behind addresses of this network's catalogue."""
    network = require_network()
    own = {None, network.host, network.main_host}
    found = [
        match["slug"]
        for match in _address().finditer(text)
        if (split_host(match["host"]) if match["host"] else None) in own
    ]
    return list(dict.fromkeys(found))[:MOST]
