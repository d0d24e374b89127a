"""A Redis server of a module's own, which can be killed, frozen and started again on the same port.

A pytest plugin as well: the fixture ``redis_server``.
"""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import redis

from dkbm.launcher.ports import free_port
from dkbm.launcher.redis_server import answers, find_server
from dkbm.launcher.supervisor import guarded
from dkbm.live.broadcast import breaker
from tests.waiting import until


class RedisProcess:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = (
            find_server(),
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        )
        self._process = subprocess.Popen(guarded(command, signal.SIGKILL), stdout=subprocess.DEVNULL)
        until(lambda: answers(self.url))

    def kill(self) -> None:
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self) -> None:
        assert self._process
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Also of one that is not frozen, or was killed."""
        if self._process:
            self._process.send_signal(signal.SIGCONT)

    def drop_subscribers(self) -> None:
        """Cut the connections of all subscribers, as a network does."""
        with redis.Redis.from_url(self.url) as client:
            client.client_kill_filter(_type="pubsub")

    def subscriptions(self) -> dict[str, int]:
        """Channel of Redis -> number of subscribers."""
        with redis.Redis.from_url(self.url) as client:
            names = client.pubsub_channels()
            return {name.decode(): count for name, count in client.pubsub_numsub(*names)} if names else {}

    def make_anew(self) -> None:
        """Runs, holds nothing, and nobody is connected, whatever the test before has done."""
        if self._process is None:
            self.start()
        self.thaw()
        with redis.Redis.from_url(self.url) as client:
            client.client_kill_filter(skipme=True, _type="normal")
            client.client_kill_filter(_type="pubsub")
            client.flushall()
        until(lambda: not self.subscriptions())


@pytest.fixture(scope="module")
def _redis_of_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisProcess]:
    server = RedisProcess(tmp_path_factory.mktemp("redis"))
    yield server
    server.kill()


@pytest.fixture
def redis_server(_redis_of_module: RedisProcess, settings: Any) -> Iterator[RedisProcess]:
    """A server that the test may kill or freeze; the product uses it."""
    _redis_of_module.make_anew()
    settings.REDIS_URL = _redis_of_module.url
    breaker.worked()
    yield _redis_of_module
    _redis_of_module.thaw()
    breaker.worked()
