"""Which network is bound: one context variable with three states.

Unbound (``None``): every query of network data raises. ``ALL``: reads across all networks, never writes.
A ``BoundNetwork``: exactly that network. Only the doors bind (middleware, socket, task, command, fixture).
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

crossings = logging.getLogger("dkbm.tenancy.crossings")

PLATFORM_ID = 0
"""Id of the row that stands for the installation itself: the operators' front door, without pages or members."""


class NoNetwork(RuntimeError):
    """Network data was asked for while no single network is bound."""


@dataclass(frozen=True)
class BoundNetwork:
    """What the doors know of the network that they bind; plain values, safe to keep between requests.

    ``host``: the one that was asked for. ``main_host``: where the network would rather be asked, if it has another.
    """

    id: int
    slug: str
    name: str
    short_name: str
    host: str
    sender: str = ""
    site_id: int | None = None
    collection_id: int | None = None
    public_collection_id: int | None = None
    main_host: str = ""

    @property
    def is_platform(self) -> bool:
        return self.id == PLATFORM_ID


@dataclass(frozen=True)
class Everything:
    """All networks at once.

    ``as_owner`` is for commands that run with the owner's login and may write; ``writes_to`` is the network
    whose id the database then fills in.
    """

    reason: str
    as_owner: bool = False
    writes_to: int | None = None

    def __bool__(self) -> bool:
        return True


Binding = BoundNetwork | Everything | None
_binding: ContextVar[Binding] = ContextVar("network", default=None)


def current() -> Binding:
    """The present binding, ``None`` where nothing is bound."""
    return _binding.get()


def require() -> BoundNetwork | Everything:
    """The present binding; raises :class:`NoNetwork` when unbound."""
    binding = _binding.get()
    if binding is None:
        raise NoNetwork("Network data was queried while no network is bound.")
    return binding


def require_network() -> BoundNetwork:
    """The one bound network; raises :class:`NoNetwork` when unbound or when all networks are bound."""
    binding = require()
    if isinstance(binding, Everything):
        raise NoNetwork(f"One network is needed, but all are bound ({binding.reason}).")
    return binding


def current_network_id() -> int | None:
    """Default of the ``network`` foreign keys.

    ``None`` instead of an error when no single network is bound: ``AddField`` calls a default even on an
    empty table, and the NOT NULL column refuses the row anyway.
    """
    binding = _binding.get()
    return binding.id if isinstance(binding, BoundNetwork) else None


@contextmanager
def bind(network: BoundNetwork | Everything) -> Iterator[None]:
    """Bind for the length of the block. For the doors only; see ``tests/architecture/test_doors.py``."""
    token = _binding.set(network)
    try:
        yield
    finally:
        _binding.reset(token)


@contextmanager
def bind_all(
    reason: str, *, as_owner: bool = False, writes_to: int | None = None, routine: bool = False
) -> Iterator[None]:
    """Read across all networks; the crossing is logged with its reason.

    ``routine``: what nearly every request or task needs, such as the network of a host; kept out of the log.
    """
    level = logging.DEBUG if routine else logging.INFO
    crossings.log(level, "crossing", extra={"reason": reason, "as_owner": as_owner})
    with bind(Everything(reason=reason, as_owner=as_owner, writes_to=writes_to)):
        yield
