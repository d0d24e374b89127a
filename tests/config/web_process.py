"""The web process on the test database, as the application's role, spoken to over HTTP."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.db import connection

from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.ports import free_port
from tests.waiting import until

COMMAND = ("-m", "uvicorn", "dkbm.config.asgi:application", "--host", "127.0.0.1", "--no-proxy-headers")


class WebProcess:
    def __init__(self, folder: Path, **environment: str) -> None:
        self._port = free_port()
        self._log = folder / "log"
        database = connection.settings_dict["NAME"]
        self._environment = {
            **os.environ,
            "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}").geturl(),
            "DATABASE_ROLE": "app",
            "PYTHONPATH": os.pathsep.join((str(ROOT / "platform"), str(ROOT))),
            **environment,
        }
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = (sys.executable, *COMMAND, "--port", str(self._port))
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=subprocess.STDOUT
            )
        until(lambda: self.status("/healthz") == 200)

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait()

    def status(self, path: str, **headers: str) -> int:
        """Status of a page of Niedersachsen's network; 0 while nobody listens."""
        client = http.client.HTTPConnection("127.0.0.1", self._port, timeout=60)
        try:
            client.request("GET", path, headers={"Host": "niedersachsen.localhost", **headers})
            return client.getresponse().status
        except OSError:
            return 0
        finally:
            client.close()
