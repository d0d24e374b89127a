"""`manage.py rebuild_search [--network SLUG]`: writes the index anew from what it was made of."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser, OutputWrapper

from dkbm.search.domain.feeding import AlreadyBuilding, build_indexes, feed_network, mend_network
from dkbm.search.domain.index import rebuild_index
from dkbm.search.server.connection import ServerAway, is_set
from dkbm.tenancy.context import BoundNetwork
from dkbm.tenancy.hosts import all_networks, each_network

SAY_SECONDS = 5.0
BAR = 30


class Progress:
    """How far a network is: a bar at a terminal, elsewhere a line now and then."""

    def __init__(self, stdout: OutputWrapper) -> None:
        self._stdout = stdout
        self._said = time.monotonic()

    def __call__(self, network: BoundNetwork, done: int, of: int) -> None:
        text = f"{network.slug}: {done} von {of} auf dem Suchserver"
        if self._stdout.isatty():
            filled = BAR * done // max(of, done)
            self._stdout.write(f"\r[{'#' * filled:{BAR}}] {text}", ending="\n" if done >= of else "")
        elif done >= of or time.monotonic() > self._said + SAY_SECONDS:
            self._said = time.monotonic()
            self._stdout.write(text)


class Command(BaseCommand):
    help = (
        "Schreibt den Suchindex neu, für alle Netzwerke oder eines. Mit ELASTICSEARCH_URL auch auf dem Suchserver: "
        "für alle in neue Indizes, die erst gelten, wenn sie voll sind."
    )

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
        if is_set():
            self._tell_server(wanted)

    def _tell_server(self, wanted: str | None) -> None:
        try:
            if wanted is None:
                number = build_indexes(Progress(self.stdout))
                self.stdout.write(f"Suchserver: {number} Einträge in neuen Indizes")
            for network in each_network():
                if wanted in (None, network.slug):
                    feed_network()
                if wanted == network.slug:
                    mend_network()
        except AlreadyBuilding:
            raise CommandError("Die Indizes auf dem Suchserver werden gerade schon neu geschrieben.") from None
        except ServerAway as reason:
            raise CommandError(
                f"Der Suchserver antwortet nicht ({reason}). Was sich geändert hat, bekommt er später von selbst."
            ) from None
