"""One mail on standard input, from the pipe of a mail server; exit codes as in sysexits.h."""

from __future__ import annotations

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from dkbm.inbound.domain.receiving import LARGEST
from dkbm.inbound.door import receive
from dkbm.inbound.enums import Door

EXIT_CODES = {
    Door.TAKEN: os.EX_OK,
    Door.NO_SUCH_ADDRESS: os.EX_NOUSER,
    Door.TOO_MANY: os.EX_TEMPFAIL,
    Door.TOO_LARGE: os.EX_OK,  # its author has been told by mail
}


class Command(BaseCommand):
    help = "Nimmt eine E-Mail von der Standardeingabe an, für die Pipe eines Mailservers."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("recipient", help="Adresse, an die die E-Mail ging (Umschlag)")
        parser.add_argument("--sender", default=None, help="Absender des Umschlags; leer bei Meldungen von Mailservern")

    def handle(self, *args: Any, **options: Any) -> None:
        raw = sys.stdin.buffer.read(LARGEST + 1)
        try:
            door = receive(raw=raw, envelope_to=options["recipient"], envelope_from=options["sender"])
        except Exception as error:
            self.stderr.write(f"{type(error).__name__}: {error}")
            sys.exit(os.EX_TEMPFAIL)
        sys.exit(EXIT_CODES[door])
