"""A mail server that delivers nothing: each mail becomes a file in a Maildir, where `/postfach/` reads it.

Run as `python -m dkbm.launcher.mail_sink PORT MAILDIR`; ends on SIGTERM.
"""

from __future__ import annotations

import asyncio
import mailbox
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP, Envelope, Session

LARGEST = 25 * 1024 * 1024
# Who really receives it, blind copies too; the name is known to `dkbm.demo.postfach`.
ENVELOPE_TO = "X-Envelope-To"


class Sink:
    """Keeps each mail once, with the recipients of its envelope in a header."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        recipients = ", ".join(address for address in envelope.rcpt_tos if address)
        self._open().add(f"{ENVELOPE_TO}: {recipients}\r\n".encode() + content)
        return "250 OK"

    def _open(self) -> mailbox.Maildir:
        """Made anew for each mail: somebody may have emptied the mailbox by removing the folders."""
        for name in ("tmp", "new", "cur"):
            (self._folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)
        return mailbox.Maildir(self._folder)


async def serve(port: int, folder: Path) -> None:
    """Receives mails on 127.0.0.1 until the process ends."""
    sink = Sink(folder)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: SMTP(sink, data_size_limit=LARGEST, enable_SMTPUTF8=True, hostname="localhost", loop=loop),
        "127.0.0.1",
        port,
    )
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), Path(sys.argv[2])))
