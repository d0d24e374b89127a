"""The mail server for answers and for mails that come back; runs until it is ended."""

from __future__ import annotations

import asyncio
import signal
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from dkbm.inbound.server import listen


class Command(BaseCommand):
    help = "Nimmt Antworten und zurückgekommene E-Mails an (SMTP und LMTP auf einem Port)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8025)

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"Nimmt E-Mails an: {options['host']}:{options['port']}")
        try:
            asyncio.run(_serve(options["host"], options["port"]))
        except OSError as error:
            raise CommandError(f"Port {options['port']} ist nicht frei ({error.strerror}).") from error


async def _serve(host: str, port: int) -> None:
    ended = asyncio.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, ended.set)
    async with await listen(host=host, port=port, hostname=settings.MAIL_DOMAIN):
        await ended.wait()
