"""From a host name to the network that answers there. Hosts stand in the database, not in a setting."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from django.conf import settings

from .context import PLATFORM_ID, BoundNetwork, bind, bind_all
from .models import Network, NetworkHost, as_bound

logger = logging.getLogger(__name__)

KEEP_SECONDS = 60.0
_known: dict[str, tuple[float, BoundNetwork]] = {}


class SweepFailed(RuntimeError):
    """Names the networks in which a sweep ended with an error; the errors themselves are in the log."""


def split_host(value: str) -> str:
    """``Host`` header without port, lower case; IPv6 literals keep their brackets."""
    host = value.strip().lower()
    if host.startswith("["):
        return host.partition("]")[0] + "]"
    return host.partition(":")[0].rstrip(".")


def platform() -> BoundNetwork:
    """The operators' front door: a row without pages that operators, their sessions and log entries belong to."""
    return BoundNetwork(
        id=PLATFORM_ID,
        slug="plattform",
        name="Transfernetz",
        short_name="Transfernetz",
        host=settings.BASE_DOMAIN,
    )


def network_for_host(value: str) -> BoundNetwork | None:
    """The network of a ``Host`` header, ``None`` for an unknown host. Kept for a minute in this process."""
    host = split_host(value)
    if host == settings.BASE_DOMAIN:
        return platform()
    kept = _known.get(host)
    if kept and kept[0] > time.monotonic():
        return kept[1]
    found = _load(host)
    if found:
        _known[host] = (time.monotonic() + KEEP_SECONDS, found)
    return found


def _load(host: str) -> BoundNetwork | None:
    with bind_all("host lookup", routine=True):
        row = NetworkHost.objects.select_related("network").filter(host=host).first()
        if row is None:
            return None
        main = row if row.is_primary else NetworkHost.objects.filter(network=row.network, is_primary=True).first()
        return as_bound(row.network, host, main.host if main else host)


def forget_hosts() -> None:
    """Drop what this process remembers; other processes follow within a minute."""
    _known.clear()


def network_by_id(network_id: int) -> BoundNetwork | None:
    """The network with this id under its primary host."""
    if network_id == PLATFORM_ID:
        return platform()
    with bind_all("network by id", routine=True):
        network = Network.objects.filter(pk=network_id).first()
        host = NetworkHost.objects.filter(network_id=network_id, is_primary=True).first()
        return as_bound(network, host.host) if network and host else None


def all_networks() -> list[BoundNetwork]:
    """Every network (without the platform's own row), by id."""
    with bind_all("list of networks", routine=True):
        rows = NetworkHost.objects.select_related("network").filter(is_primary=True).order_by("network_id")
        return [as_bound(row.network, row.host) for row in rows]


def everywhere() -> list[BoundNetwork]:
    """The front door and every network: it has sessions, mails and log entries too."""
    return [platform(), *all_networks()]


def each_network() -> Iterator[BoundNetwork]:
    """Bind one network after the other, for commands that write and whose first error may end them."""
    for network in all_networks():
        with bind(network):
            yield network


def sweep(networks: Iterable[BoundNetwork], work: Callable[[BoundNetwork], object]) -> None:
    """Do ``work`` with one network bound after the other; what fails in one keeps no other waiting.

    Errors are logged as they happen. Raises :class:`SweepFailed` at the end when there were any.
    """
    failed = []
    for network in networks:
        try:
            with bind(network):
                work(network)
        except Exception:
            logger.exception("sweep failed", extra={"network": network.slug})
            failed.append(network.slug)
    if failed:
        raise SweepFailed(", ".join(failed))


def main_url(network: BoundNetwork) -> str:
    """As :func:`base_url`, of the host by which others shall know the network."""
    return base_url(replace(network, host=network.main_host or network.host))


def base_url(network: BoundNetwork) -> str:
    """Scheme, host and port of links to ``network``, without a final slash."""
    port = settings.PUBLIC_PORT
    return f"{settings.PUBLIC_SCHEME}://{network.host}{f':{port}' if port else ''}"
