"""`manage.py rebuild_search [--network SLUG]`: writes the index anew from what it was made of."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from dkbm.search.domain.index import rebuild_index
from dkbm.tenancy.hosts import all_networks, each_network


class Command(BaseCommand):
    help = "Schreibt den Suchindex neu, für alle Netzwerke oder eines."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--network", metavar="SLUG", help="nur dieses Netzwerk")

    def handle(self, *args: Any, **options: Any) -> None:
        wanted = options["network"]
        known = [network.slug for network in all_networks()]
        if wanted and wanted not in known:
            raise CommandError(f"Das Netzwerk „{wanted}“ gibt es nicht. Vorhanden: {', '.join(known)}.")
        for network in each_network():
            if wanted in (None, network.slug):
                counts = {type: number for type, number in rebuild_index().items() if number}
                listed = ", ".join(f"{type} {number}" for type, number in counts.items()) or "keine Einträge"
                self.stdout.write(f"{network.slug}: {listed}")
