"""``catalogue_template FILE --network SLUG``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from dkbm.imports.domain.single_file import catalogue_template
from dkbm.imports.problems import BrokenData
from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand):
    help = "Schreibt eine leere Tabelle (XLSX) für Transfergegenstände, die import_catalogue ausgefüllt einliest."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--network", required=True, metavar="SLUG", help="dessen Schlagwörter zur Wahl stehen")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["file"].suffix.lower() != ".xlsx":
            raise CommandError("Der Name der Datei endet auf .xlsx.")
        try:
            catalogue_template(options["file"], network=options["network"])
        except BrokenData as error:
            raise CommandError(str(error)) from error
        self.stdout.write(str(options["file"]))
