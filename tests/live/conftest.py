"""A Redis of the test's own, and readers that remember what they were told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dkbm.live import broadcast
from tests.redis_process import RedisProcess


@pytest.fixture
def redis_server(tmp_path: Path, settings: Any) -> Iterator[RedisProcess]:
    """A server that the test may kill; the product uses it."""
    server = RedisProcess(tmp_path)
    server.start()
    settings.REDIS_URL = server.url
    broadcast.breaker.worked()
    yield server
    server.kill()
    broadcast.breaker.worked()


class Listener:
    def __init__(self) -> None:
        self.heard: list[str] = []

    def deliver(self, group: str, text: str) -> None:
        self.heard.append(text)

    def updates_paused(self) -> None:
        self.heard.append("paused")

    def updates_back(self) -> None:
        self.heard.append("fetch")


class Broken(Listener):
    def deliver(self, group: str, text: str) -> None:
        raise RuntimeError("broken reader")
