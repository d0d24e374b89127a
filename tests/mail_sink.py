"""Pytest plugin: a mail server that keeps what the product hands over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from dkbm.launcher.ports import free_port
from tests.notifications.mail_server import Sink


@pytest.fixture
def sink(settings: Any) -> Iterator[Sink]:
    """A mail server in this process, used by the product's own SMTP backend."""
    handler = Sink()
    controller = Controller(handler, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "dkbm.core.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    yield handler
    controller.stop()
