"""The servers that are compared, the process with the readers, and what a process has used."""

from __future__ import annotations

import http.client
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from dkbm.launcher import environment
from dkbm.launcher.data_dir import ROOT, DataDir
from dkbm.launcher.ports import free_port
from dkbm.launcher.run import web_command

BUILD = ROOT / "build" / "benchmarks"
PAGE = os.sysconf("SC_PAGE_SIZE")
TICKS = os.sysconf("SC_CLK_TCK")
PRODUCT, BARE = "dkbm.config.asgi:application", "tests.benchmarks.live.bare:application"


class Server:
    """A web process as `make run` starts it, with this application in it."""

    def __init__(self, application: str, settings: Mapping[str, str]) -> None:
        data_dir = DataDir(Path(settings["DATA_DIR"]))
        self.port = free_port()
        self._environment = environment.for_application(data_dir, {**settings, "PROFILE": "demo"})
        self._command = [application if part == PRODUCT else part for part in web_command(self.port)]
        self._log = BUILD / f"live-{application.partition('.')[0]}.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL
            )
        while not self._answers():
            if self._process.poll() is not None:
                raise SystemExit(self._log.read_text())
            time.sleep(0.05)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()

    def cpu(self) -> float:
        """Seconds of CPU of all threads so far."""
        return _cpu(self._pid)

    def memory(self) -> int:
        """Bytes of its own in memory."""
        resident = int(Path(f"/proc/{self._pid}/statm").read_text().split()[1])
        return resident * PAGE

    @property
    def _pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def _answers(self) -> bool:
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            client.request("GET", "/healthz", headers={"Host": "localhost"})
            return client.getresponse().status == http.client.OK
        except OSError:
            return False
        finally:
            client.close()


class Clients:
    """The process with the readers; orders are methods of `readers.Readers`."""

    def __init__(self) -> None:
        command = (sys.executable, "-m", "tests.benchmarks.live.readers")
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def order(self, do: str, **values: Any) -> None:
        assert self._process.stdin
        self._process.stdin.write(json.dumps({"do": do, **values}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> Any:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit("the readers have died")
        return json.loads(line)

    def ask(self, do: str, **values: Any) -> Any:
        self.order(do, **values)
        return self.answer()

    def cpu(self) -> float:
        """Seconds of CPU so far."""
        return _cpu(self._process.pid)

    def stop(self) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def _cpu(pid: int) -> float:
    """To the nanosecond, and with threads that have ended: the kernel's own clock of that process."""
    return time.clock_gettime((~pid << 3) | 2)


def database_cpu() -> float:
    """Seconds of CPU of this run's PostgreSQL: the server, its living children and those that have ended."""
    folder = DataDir(Path(os.environ["DATA_DIR"])).postgres
    server = int((folder / "postmaster.pid").read_text().split()[0])
    return sum(ticks for pid, parent, ticks in _processes() if server in {pid, parent}) / TICKS


def _processes() -> Iterator[tuple[int, int, int]]:
    """Id, parent, and ticks of CPU with those of children that have ended."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = folder.joinpath("stat").read_text().rpartition(") ")[2].split()
        except OSError:  # it has ended
            continue
        yield int(folder.name), int(fields[1]), sum(int(number) for number in fields[11:15])


def raise_limit() -> None:
    """Servers inherit how many files they may open."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
