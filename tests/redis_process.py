"""A Redis server of a test's own, which can be killed, frozen and started again on the same port."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path

import redis

from dkbm.launcher.ports import free_port
from dkbm.launcher.redis_server import answers, find_server
from dkbm.launcher.supervisor import guarded
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
        assert self._process
        self._process.send_signal(signal.SIGCONT)

    def drop_subscribers(self) -> None:
        """Cut the connections of all subscribers, as a network does."""
        with redis.Redis.from_url(self.url) as client:
            client.client_kill_filter(_type="pubsub")

    def subscriptions(self) -> dict[str, int]:
        """Channel -> number of subscribers."""
        with redis.Redis.from_url(self.url) as client:
            names = client.pubsub_channels()
            return {name.decode(): count for name, count in client.pubsub_numsub(*names)} if names else {}
