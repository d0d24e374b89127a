"""A kind of mail, and a mail server that can be told how to answer."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from dkbm.launcher.ports import free_port
from dkbm.notifications import kinds
from dkbm.notifications.kinds import Kind


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


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server in this process, used by the product's own SMTP backend."""
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()


@pytest.fixture
def no_mail_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


@pytest.fixture
def test_templates(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = templates


@pytest.fixture
def probe_of(monkeypatch: pytest.MonkeyPatch, test_templates: None) -> Callable[..., Kind]:
    """``probe_of(scope=…)``: registers the kind ``probe.told`` with these fields, in place of the one before."""

    def make(**fields: Any) -> Kind:
        kind = Kind(
            "probe.told",
            "Antwort",
            "Neue Antwort: %(title)s",
            "mail/probe.txt",
            sentence="Auf „%(title)s“ wurde geantwortet.",
            **fields,
        )
        monkeypatch.setitem(kinds._kinds, kind.key, kind)
        return kind

    return make


@pytest.fixture
def probe(probe_of: Callable[..., Kind]) -> Kind:
    return probe_of()
