"""A PostgreSQL server of a test's own, in the version asked for: the wheel holds an old and a new one."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from dkbm.launcher.ports import free_port
from dkbm.launcher.postgres import answers, binaries, find_identity
from dkbm.launcher.supervisor import guarded
from tests.waiting import until

PASSWORD = "geheim"
# Folder of the wheel by PostgreSQL's number.
FOLDERS = {16: "pginstall", 18: "pginstall18"}


class PostgresProcess:
    """A cluster in ``folder`` with the superuser ``postgres``."""

    def __init__(self, folder: Path, version: int) -> None:
        self.port = free_port()
        self._data = folder / "postgres"
        self._binaries = binaries().parents[1] / FOLDERS[version] / "bin"
        self._identity = find_identity(folder)
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, user: str, database: str = "postgres", password: str = PASSWORD) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        self._data.mkdir(mode=0o700)
        password = self._data.with_name("password")
        password.write_text(PASSWORD)
        if self._identity.user is not None:
            for path in (self._data, password):
                os.chown(path, self._identity.user, self._identity.user)
        access = ("--auth=scram-sha-256", "--username=postgres", f"--pwfile={password}", "--no-sync")
        initdb = (str(self._binaries / "initdb"), "-D", str(self._data), "--encoding=UTF8", "--locale=C", *access)
        subprocess.run(self._guarded(initdb), check=True, stdout=subprocess.DEVNULL)
        self.serve()

    def restart(self) -> None:
        """As an administrator does: who is connected is cut off."""
        self.stop()
        self.serve()

    def serve(self) -> None:
        """Once there is a cluster. In the main thread, as for every guarded program."""
        options = (f"port={self.port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", "fsync=off")
        settings = (part for option in options for part in ("-c", option))
        server = (str(self._binaries / "postgres"), "-D", str(self._data), *settings)
        self._process = subprocess.Popen(self._guarded(server), stderr=subprocess.DEVNULL)
        until(lambda: answers(self.url("postgres")))

    def _guarded(self, command: tuple[str, ...]) -> tuple[str, ...]:
        return (*self._identity.wrapper, *guarded(command, signal.SIGINT, self._identity.user))

    def stop(self) -> None:
        if self._process:
            self._process.send_signal(signal.SIGINT)
            self._process.wait()
