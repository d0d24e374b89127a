"""``load_reference DIR``: the reference data into the networks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser

from dkbm.imports.domain.reference import load_reference
from dkbm.imports.problems import BrokenData
from dkbm.tenancy.commands import OwnerCommand


class Command(OwnerCommand):
    help = "Lädt die Dateien eines Ordners: Netzwerke, Kommunen, Gruppen, Beispiele, Forum, Termine, Publikationen."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("directory", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_reference(options["directory"], say=self.stdout.write)
        except BrokenData as error:
            raise CommandError(str(error)) from error
