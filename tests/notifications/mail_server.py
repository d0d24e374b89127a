"""A mail server that can be told how to answer."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.smtp import SMTP, Envelope, Session


class Sink:
    """Keeps what it accepts. ``answers``: what to say instead of accepting, one for each attempt to hand over."""

    def __init__(self) -> None:
        self.accepted: list[EmailMessage] = []
        self.answers: list[str] = []
        self.recipient_answers: list[str] = []

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if self.recipient_answers:
            return self.recipient_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answers:
            answer = self.answers.pop(0)
            if answer == "hang up":
                server.transport.abort()
            return answer
        assert isinstance(envelope.content, bytes)
        self.accepted.append(message_from_bytes(envelope.content, policy=default))  # type: ignore[arg-type]
        return "250 OK"
