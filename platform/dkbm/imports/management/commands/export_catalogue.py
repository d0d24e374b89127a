"""``export_catalogue FILE --network SLUG``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from dkbm.imports.domain.exporting import export_catalogue
from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand):
    help = "Schreibt die Transfergegenstände eines Netzwerks in eine Datei, die import_catalogue wieder einliest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--network", required=True, metavar="SLUG")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count, plainer = export_catalogue(options["file"], network=options["network"])
        except LookupError as error:
            raise CommandError(f"Das Netzwerk „{options['network']}“ gibt es nicht.") from error
        self.stdout.write(f"{options['network']}: {count} Transfergegenstände")
        if plainer:
            names = ", ".join(plainer)
            self.stdout.write(f"Ohne Fettung, Listen und Links, die in der Datei keinen Platz haben: {names}")
