"""Command door: bases that bind for management commands, Wagtail's and Django's own included."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from .context import BoundNetwork, bind, bind_all
from .hosts import SweepFailed, all_networks, everywhere, platform, sweep


class OwnerCommand(BaseCommand):
    """Runs with the owner's login across all networks (migrations, dumps)."""

    def execute(self, *args: Any, **options: Any) -> Any:
        with bind_all(f"command {type(self).__module__.rpartition('.')[2]}", as_owner=True):
            return super().execute(*args, **options)


class PerNetworkCommand(BaseCommand):
    """Runs once for each network, with exactly that one bound; with ``front_door`` for the platform's row too.

    A network in which it fails is logged and named at the end; the others have had their turn.
    """

    front_door = False

    def execute(self, *args: Any, **options: Any) -> Any:
        networks = everywhere() if self.front_door else all_networks()
        try:
            sweep(networks, lambda network: super(PerNetworkCommand, self).execute(*args, **options))
        except SweepFailed as error:
            raise CommandError(f"Fehlgeschlagen in: {error}. Die Gründe stehen im Protokoll.") from error


class PlatformCommand(BaseCommand):
    """Runs with the platform's own row bound: operators and their log."""

    def execute(self, *args: Any, **options: Any) -> Any:
        with bind(platform()):
            return super().execute(*args, **options)


@contextmanager
def bound_to(slug: str) -> Iterator[BoundNetwork]:
    """Bind one network inside an owner's command, to write what belongs to it. Raises ``LookupError``."""
    network = next((each for each in all_networks() if each.slug == slug), None)
    if network is None:
        raise LookupError(f"There is no network {slug!r}.")
    with bind(network):
        yield network


@contextmanager
def bound_to_platform() -> Iterator[BoundNetwork]:
    """Bind the installation's own row, which operators belong to."""
    network = platform()
    with bind(network):
        yield network
