"""Registry of what one may listen to: a prefix and who may. Filled in ``apps.ready()`` of the upper apps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from dkbm.tenancy.visitor import Visitor

MaySubscribe = Callable[[Visitor, int], Awaitable[bool]]


class Topic(NamedTuple):
    prefix: str
    id: int
    may_subscribe: MaySubscribe


_topics: dict[str, MaySubscribe] = {}


def register_topic(prefix: str, may_subscribe: MaySubscribe) -> None:
    """Let pages listen to ``<prefix>:<id>``; ``await may_subscribe(visitor, id)`` decides.

    It runs with the network bound, when somebody subscribes and again at least every minute. The group of
    the topic is ``groups.group(prefix, id)``.
    """
    _topics[prefix] = may_subscribe


def registered_prefixes() -> list[str]:
    """What pages may listen to: the part before the colon."""
    return sorted(_topics)


def find_topic(name: str) -> Topic | None:
    """``forum-topic:17`` taken apart; ``None`` for what nobody has registered."""
    prefix, _, number = name.partition(":")
    if prefix not in _topics or not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return Topic(prefix, int(number), _topics[prefix])
