"""OpenSearch as a program of this machine, from what Maven has fetched. No Django: the benchmarks start one as well."""

from __future__ import annotations

import random
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from pathlib import Path

from dkbm.launcher.supervisor import guarded
from tests.architecture.source import ROOT
from tests.java import jars
from tests.waiting import until

POM = ROOT / "tests" / "search" / "server" / "pom.xml"
RUNNER = "org.codelibs.opensearch.runner.OpenSearchRunner"
# Little memory, and code that is compiled quickly rather than well.
JVM = ("-Xms512m", "-Xmx768m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
# Joins no other node on this machine, and works on a full disk.
SETTINGS = "discovery.type: single-node\ncluster.routing.allocation.disk.threshold_enabled: false\n"
MEMORY, ROOM, OLD_SECONDS = Path("/dev/shm"), 1_000_000_000, 24 * 3600
PREFIX = "transfernetz-suchserver-"
FIRST_PORT, LAST_PORT = 9201, 9299
"""The runner takes ports of this range alone."""


class SearchServer:
    """OpenSearch with its data in ``folder``; it can be killed and started again on the same port and data."""

    flavour = "opensearch"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "log.txt"
        self._process: subprocess.Popen[bytes] | None = None
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Another program may take the port while Java starts; then it ends, and another port is tried."""
        for _ in range(3):
            self.launch()
            if until(self._is_up_or_over, 180) == "up":
                return
        raise AssertionError(f"The search server does not start:\n{self._log.read_text()[-3000:]}")

    def launch(self) -> None:
        """Begin to start, without waiting for it."""
        config = self._folder / "node_1" / "config"
        config.mkdir(parents=True, exist_ok=True)
        (config / "opensearch.yml").write_text(SETTINGS)
        base = self._port - 1 if self._port else random.randrange(FIRST_PORT - 1, LAST_PORT)
        command = (
            *("java", *JVM, "-cp", f"{jars(POM, 'opensearch')}/*", RUNNER, "-basePath", str(self._folder)),
            *("-numOfNode", "1", "-clusterName", self._folder.name, "-baseHttpPort", str(base)),
        )
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(guarded(command, signal.SIGKILL), stdout=log, stderr=log)

    def kill(self) -> None:
        """As kill -9: what it has not written to the disk is gone."""
        if self._process:
            self._process.kill()
            self._process.wait()
            self._process = None

    def _is_up_or_over(self) -> str:
        if self._process is None or self._process.poll() is not None:
            return "over"
        said = re.search(r"HTTP Port: +(\d+)", self._log.read_text())
        if said is None:
            return ""
        self._port = int(said[1])
        return "up" if self.is_up() else ""

    def is_up(self) -> bool:
        """All of its indices can be searched."""
        question = f"{self.url}/_cluster/health?wait_for_no_initializing_shards=true&timeout=1s"
        try:
            with urllib.request.urlopen(question, timeout=5) as answer:
                return b'"timed_out":false' in answer.read() and self._folder.name in self._said("")
        except (urllib.error.URLError, OSError):
            return False

    def _said(self, path: str) -> str:
        with urllib.request.urlopen(f"{self.url}/{path}", timeout=5) as answer:
            return str(answer.read(), "utf-8")


def quick_folder() -> Path | None:
    """In memory where there is room: the server waits for the disk with each change of an index."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM:
        return None
    for left in MEMORY.glob(f"{PREFIX}*"):
        # Of a run that was killed; no run takes a day.
        if time.time() - left.stat().st_mtime > OLD_SECONDS:
            shutil.rmtree(left, ignore_errors=True)
    return MEMORY
