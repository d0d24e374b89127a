"""Services for the length of a test run or a check, from ordinary (not asynchronous) code."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from types import TracebackType

from dkbm.launcher.data_dir import ROOT
from dkbm.launcher.errors import LauncherError
from dkbm.launcher.supervisor import guarded

STOP_SECONDS = 60


class TemporaryServices:
    """A process that runs PostgreSQL, Redis and the mail sink; it ends with this one, in every case."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> dict[str, str]:
        """Returns the settings that lead to them. Raises LauncherError when they cannot be started."""
        paths = os.pathsep.join((str(ROOT / "platform"), str(ROOT)))
        command = guarded((sys.executable, "-m", "dkbm.launcher", "services"), signal.SIGTERM)
        self._process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"PYTHONPATH": paths},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            text=True,
            # Ctrl-C is for this process, which then ends the services after whatever uses them.
            start_new_session=True,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self.stop()
            raise LauncherError("PostgreSQL und Redis für die Tests ließen sich nicht starten, siehe oben.")
        settings: dict[str, str] = json.loads(line)
        return settings

    def stop(self) -> None:
        """Ends them and waits for it. May be called twice."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        if process.stdout:
            process.stdout.close()

    def __enter__(self) -> dict[str, str]:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
