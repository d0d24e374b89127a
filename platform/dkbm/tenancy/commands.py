"""Command door: bases that bind for management commands, Wagtail's and Django's own included."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from .context import bind_all
from .hosts import each_network


class OwnerCommand(BaseCommand):
    """Runs with the owner's login across all networks (migrations, dumps)."""

    def execute(self, *args: Any, **options: Any) -> Any:
        with bind_all(f"command {type(self).__module__.rpartition('.')[2]}", as_owner=True):
            return super().execute(*args, **options)


class PerNetworkCommand(BaseCommand):
    """Runs once for each network, with exactly that one bound."""

    def execute(self, *args: Any, **options: Any) -> Any:
        for _network in each_network():
            super().execute(*args, **options)
