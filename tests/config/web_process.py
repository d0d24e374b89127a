"""The web process on the test database, as the application's role, spoken to over HTTP."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.db import connection

from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.ports import free_port
from tests.services import READYZ_TOKEN
from tests.waiting import until

WITH_TOKEN = {"Authorization": f"Bearer {READYZ_TOKEN}"}
"""Whoever has it reads what ``/readyz`` found."""
APPLICATION = "dkbm.config.asgi:application"


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    text: str

    @property
    def request_id(self) -> str:
        return self.headers["x-request-id"]


class WebProcess:
    def __init__(self, folder: Path, application: str = APPLICATION, **environment: str) -> None:
        self.port = free_port()
        self._application = application
        self._log = folder / "log"
        database = connection.settings_dict["NAME"]
        urls = {
            name: urlsplit(os.environ[name])._replace(path=f"/{database}").geturl()
            for name in ("DATABASE_URL", "DATABASE_OPS_URL")
        }
        self._environment = {
            **os.environ,
            **urls,
            "DATABASE_ROLE": "app",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "platform"), str(ROOT))),
            **environment,
        }
        del self._environment["DJANGO_SETTINGS_MODULE"]  # the tests' own
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        server = ("-m", "uvicorn", self._application, "--host", "127.0.0.1", "--port", str(self.port))
        # The second is as in `make run`: the loop of tests may end while sockets are open.
        options = ("--no-proxy-headers", "--timeout-graceful-shutdown", "3")
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                (sys.executable, *server, *options), cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )
        until(lambda: self.status("/healthz") == 200)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()

    def status(self, path: str, **headers: str) -> int:
        """Status of a page of Niedersachsen's network; 0 while nobody listens."""
        try:
            return self.get(path, **headers).status
        except OSError:
            return 0

    def get(self, path: str, **headers: str) -> Answer:
        """A page of Niedersachsen's network, or of the one whose ``Host`` is given. Raises ``OSError``."""
        return self.ask("GET", path, {"Host": "niedersachsen.localhost", **headers})

    def ask(self, method: str, path: str, headers: dict[str, str]) -> Answer:
        """Any request. Raises ``OSError``."""
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            client.request(method, path, headers=headers)
            answer = client.getresponse()
            named = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, named, answer.read().decode(errors="replace"))
        finally:
            client.close()

    def has_all_connections(self) -> bool:
        """Whether all are back in the pool, but the one that looks; ``/readyz`` keeps its answer for some seconds."""
        found: dict[str, int] = json.loads(self.get("/readyz", **WITH_TOKEN).text)["database"]["connections"]
        return found["waiting"] == 0 and found["open"] == found["free"] + 1

    def failures_without_a_reason(self, answers: Iterable[Answer]) -> list[str]:
        """Ids of requests that failed while the log has no exception of theirs."""
        lines = [json.loads(line) for line in self._log.read_text().splitlines() if line.startswith("{")]
        logged = {line["request_id"] for line in lines if "exc_info" in line and "request_id" in line}
        return [answer.request_id for answer in answers if answer.status >= 500 and answer.request_id not in logged]
