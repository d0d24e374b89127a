"""``found_networks``: carries out what operators order on ``/betrieb/``; it alone has the owner's login for it."""

from __future__ import annotations

import time
from typing import Any

from django.core.management.base import CommandParser
from django.db import connection

from dkbm.accounts.domain.founding import found_ordered
from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand):
    help = "Gründet, was auf der Seite „Betrieb“ bestellt ist. Für einen Zeitplan, jede Minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--every", type=int, metavar="SEKUNDEN", help="läuft weiter und sieht so oft nach")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            if number := found_ordered():
                self.stdout.write(f"Gegründet: {number}.")
            if not options["every"]:
                return
            connection.close()
            time.sleep(options["every"])
