"""Web processes: the product as `make run` serves it, and the trivial page beside it."""

from __future__ import annotations

import http.client
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from signal import SIGTERM
from typing import Any

import psutil

from dkbm.launcher import environment
from dkbm.launcher.data_dir import ROOT, DataDir
from dkbm.launcher.ports import free_port
from dkbm.launcher.run import web_command
from dkbm.launcher.supervisor import guarded
from tests.benchmarks.kit.services import FOLDER, with_database

READY_SECONDS = 120
LOG = FOLDER / "servers.log"


class Server:
    """A running server on ``port``."""

    def __init__(self, command: tuple[str, ...], settings: Mapping[str, str], port: int) -> None:
        self.port = port
        with LOG.open("a") as log:
            self._process = subprocess.Popen(
                guarded(command, SIGTERM), cwd=ROOT, env=dict(settings), stdout=log, stderr=log
            )
        self._until_it_answers()

    def cpu_seconds(self) -> float:
        """Of its processes so far, those that have ended left out."""
        return sum(time.clock_gettime(_clock_of(process.pid)) for process in self._processes())

    def memory(self) -> int:
        """Bytes of its processes that no other one shares."""
        return sum(process.memory_full_info().uss for process in self._processes())

    def stop(self) -> None:
        processes = self._processes()
        for process in processes:
            with suppress(psutil.NoSuchProcess):
                process.terminate()
        _gone, alive = psutil.wait_procs(processes, timeout=10)
        for process in alive:
            process.kill()
        self._process.wait()

    def _processes(self) -> list[Any]:
        own = psutil.Process(self._process.pid)
        return [own, *own.children(recursive=True)]

    def _until_it_answers(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            with suppress(OSError, http.client.HTTPException):
                connection.request("GET", "/healthz", headers={"Host": "localhost"})
                connection.getresponse().read()
                return
            connection.close()
            time.sleep(0.2)
        self.stop()
        raise RuntimeError(f"A server did not start, see {LOG}.")


def _clock_of(pid: int) -> int:
    """The clock of another process's CPU time, as ``clock_getcpuclockid`` makes it."""
    return (~pid << 3) | 2


@contextmanager
def product(settings: Mapping[str, str], *, processes: int = 1, counted: bool = False) -> Iterator[Server]:
    """``settings``: those of the database it is to show. ``counted``: with queries in a header (``kit.counting``)."""
    port, data_dir = free_port(), DataDir(FOLDER)
    values = environment.for_application(data_dir, {**settings, "PORT": str(port)})
    if counted:
        values["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.kit.counted"
    server = Server((*web_command(port), *(("--workers", str(processes)) if processes > 1 else ())), values, port)
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def trivial(settings: Mapping[str, str], *, processes: int = 1) -> Iterator[Server]:
    """The page of ``tests.benchmarks.trivial``; its tables lie in a database of their own."""
    port = free_port()
    url = with_database(settings, "trivial")["DATABASE_OWNER_URL"]
    values = {
        **settings,
        "TRIVIAL_DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.trivial.settings",
    }
    command = (sys.executable, "-m", "tests.benchmarks.trivial.serve", str(port), str(processes))
    server = Server(command, values, port)
    try:
        yield server
    finally:
        server.stop()
