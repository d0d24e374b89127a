"""Registry of what one may listen to: a prefix and who may. Filled in ``apps.ready()`` of the upper apps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

from dkbm.tenancy.context import BoundNetwork

MaySubscribe = Callable[[UUID, BoundNetwork, int], Awaitable[bool]]
_topics: dict[str, MaySubscribe] = {}


def register_topic(prefix: str, may_subscribe: MaySubscribe) -> None:
    """Let pages listen to ``<prefix>:<id>``; ``await may_subscribe(person_id, network, id)`` decides.

    It runs with the network bound, when somebody subscribes and again at least every minute. The group of
    the topic is ``groups.group(prefix, id)``.
    """
    _topics[prefix] = may_subscribe


def find_topic(name: str) -> tuple[str, int, MaySubscribe] | None:
    """``forum-topic:17`` -> prefix, id and permission function; ``None`` for what nobody has registered."""
    prefix, _, number = name.partition(":")
    if prefix not in _topics or not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return prefix, int(number), _topics[prefix]
