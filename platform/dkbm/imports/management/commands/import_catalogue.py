"""``import_catalogue FILE --network SLUG``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from dkbm.imports.domain.single_file import import_catalogue
from dkbm.imports.problems import BrokenData
from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand):
    help = "Veröffentlicht Transfergegenstände einer Datei in einem Netzwerk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--network", required=True, metavar="SLUG", help="gilt für alle Einträge der Datei")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = import_catalogue(options["file"], network=options["network"])
        except BrokenData as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['network']}: {count} Transfergegenstände")
