"""A mail server for what comes back to us: SMTP and LMTP on one port. It takes mails to our own addresses, and passes
none on.

Thought to stand behind a mail server that speaks to the world (``platform/docs/operations.md``).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Any, cast

from aiosmtpd.smtp import SMTP, Envelope, Session, syntax
from channels.db import database_sync_to_async

from dkbm.inbound.domain.receiving import LARGEST
from dkbm.inbound.door import may_come, receive
from dkbm.inbound.enums import Door

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 60.0
MOST_CONNECTIONS = 50
MOST_COMMANDS = 1_000
"""Of one sort in one connection."""
REPLIES = {
    Door.TAKEN: "250 2.0.0 OK",
    Door.NO_SUCH_ADDRESS: "550 5.1.1 No such address here",
    Door.TOO_MANY: "450 4.7.1 Too many messages, please try again later",
    Door.TOO_LARGE: "552 5.3.4 Message too large, please send the text alone",
}
FAILED = "451 4.3.0 Please try again later"


class Receiver:
    """What aiosmtpd asks. One recipient a mail: so SMTP and LMTP (RFC 2033) have the same single answer."""

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time"
        door = await self._ask(may_come, envelope_to=address)
        if door != Door.TAKEN:
            return REPLIES[door] if door else FAILED
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        raw = cast(bytes, envelope.original_content)
        to, sender = str(envelope.rcpt_tos[0]), str(envelope.mail_from or "")
        door = await self._ask(receive, raw=raw, envelope_to=to, envelope_from=sender)
        return REPLIES[door] if door else FAILED

    async def _ask(self, question: Callable[..., Door], **values: Any) -> Door | None:
        """``None`` when we cannot say: the database is away, and the sender keeps the mail."""
        try:
            return await database_sync_to_async(question)(**values)
        except Exception:
            logger.exception("incoming mail could not be stored")
            return None


class Protocol(SMTP):
    """SMTP, and the greeting of LMTP. ``open_now``: the connections of this server."""

    line_length_limit = 100_000
    """Some programs write a paragraph as one line, longer than the thousand signs of the standard."""

    def __init__(self, *args: Any, open_now: set[Protocol], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._open_now = open_now

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        if len(self._open_now) >= MOST_CONNECTIONS:
            cast(asyncio.Transport, transport).write(b"421 4.3.2 Too many connections\r\n")
            transport.close()
            return
        self._open_now.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        if self in self._open_now:
            self._open_now.discard(self)
            super().connection_lost(error)

    @syntax("LHLO hostname")
    async def smtp_LHLO(self, arg: str) -> None:
        await self.smtp_EHLO(arg)


async def listen(*, host: str, port: int, hostname: str) -> asyncio.Server:
    """Takes mails from now on, until it is closed. Raises ``OSError`` for a port that is taken."""
    loop = asyncio.get_running_loop()
    receiver, open_now = Receiver(), set[Protocol]()

    def connected() -> Protocol:
        return Protocol(
            receiver,
            open_now=open_now,
            data_size_limit=LARGEST,
            enable_SMTPUTF8=True,
            hostname=hostname,
            ident="Transfernetz",
            timeout=TIMEOUT_SECONDS,
            command_call_limit=MOST_COMMANDS,
            loop=loop,
        )

    return await loop.create_server(connected, host, port)
