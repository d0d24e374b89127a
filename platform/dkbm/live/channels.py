"""Registry of the channels that pages may listen to: a prefix, who may, and what they may do over it.

Filled in ``apps.ready()`` of upper apps.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import NamedTuple

from dkbm.tenancy.visitor import Visitor

Values = Mapping[str, str | list[str]]
"""What a form says: its fields by name, several values of one name as a list."""

MayHear = Callable[[Sequence[tuple[Visitor, int]]], list[bool]]
Act = Callable[[Visitor, int, str, Values], Awaitable[str]]


class Channel(NamedTuple):
    """What pages call ``<prefix>:<id>``, taken apart."""

    prefix: str
    id: int
    may_hear: MayHear
    act: Act | None


_channels: dict[str, tuple[MayHear, Act | None]] = {}


def register_channel(prefix: str, may_hear: MayHear, act: Act | None = None) -> None:
    """Let pages listen to ``<prefix>:<id>``; ``may_hear(asked)`` decides for many visitors and ids, in their order.

    It runs with the network bound, in a thread for the database, when somebody subscribes and again at least every
    minute for everybody: it takes as many queries for a thousand as for one. The group of the channel is
    ``groups.group(prefix, id)``.

    ``await act(visitor, id, do, values)`` does what a subscriber asks for and returns a German sentence for them. The
    domain function that it calls asks for the right; a ``Refusal`` is passed on. It may arrive twice: a page that gets
    no answer sends the same form by POST.
    """
    _channels[prefix] = may_hear, act


def registered_prefixes() -> list[str]:
    """What pages may listen to: the part before the colon."""
    return sorted(_channels)


def find_channel(name: str) -> Channel | None:
    """The channel of the name, for example ``topic:17``; ``None`` for what nobody has registered."""
    prefix, _, number = name.partition(":")
    if prefix not in _channels or not (number.isascii() and number.isdigit() and len(number) <= 18):
        return None
    return Channel(prefix, int(number), *_channels[prefix])
