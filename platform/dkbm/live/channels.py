"""Registry of the channels that pages may listen to: a prefix and who may. Filled in ``apps.ready()`` of upper apps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import NamedTuple

from dkbm.tenancy.visitor import Visitor

MaySubscribe = Callable[[Visitor, int], Awaitable[bool]]


class Channel(NamedTuple):
    """What pages call ``<prefix>:<id>``, taken apart."""

    prefix: str
    id: int
    may_subscribe: MaySubscribe


_channels: dict[str, MaySubscribe] = {}


def register_channel(prefix: str, may_subscribe: MaySubscribe) -> None:
    """Let pages listen to ``<prefix>:<id>``; ``await may_subscribe(visitor, id)`` decides.

    It runs with the network bound, when somebody subscribes and again at least every minute. The group of
    the channel is ``groups.group(prefix, id)``.
    """
    _channels[prefix] = may_subscribe


def registered_prefixes() -> list[str]:
    """What pages may listen to: the part before the colon."""
    return sorted(_channels)


def find_channel(name: str) -> Channel | None:
    """The channel of the name, for example ``topic:17``; ``None`` for what nobody has registered."""
    prefix, _, number = name.partition(":")
    if prefix not in _channels or not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return Channel(prefix, int(number), _channels[prefix])
