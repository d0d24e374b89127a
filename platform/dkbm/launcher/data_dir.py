"""DATA_DIR: everything that one copy owns, its lock and its secrets."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dkbm.launcher.errors import AlreadyRunningError, LauncherError

ROOT = Path(__file__).resolve().parents[3]
DEFAULT = "./var"


@dataclass(frozen=True)
class DataDir:
    """The folder of one copy, absolute. Names below it stay: data found there is kept."""

    path: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> DataDir:
        """DATA_DIR, or ./var; a relative one counts from the clone, not from where one stands."""
        return cls((ROOT / (environment.get("DATA_DIR") or DEFAULT)).resolve())

    @property
    def postgres(self) -> Path:
        # With the major version in its name: a later server finds no cluster it cannot read.
        return self.path / "postgres-18"

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    @property
    def media(self) -> Path:
        return self.path / "media"

    @property
    def mails(self) -> Path:
        return self.path / "mails"

    @property
    def run(self) -> Path:
        """Files that mean something only while the copy runs, and stamps."""
        return self.path / "run"

    @property
    def environment(self) -> Path:
        return self.path / "environment"

    @property
    def log(self) -> Path:
        """What the programs write while a person sits at the terminal (see `log.py`)."""
        return self.path / "log" / "transfernetz.jsonl"

    @property
    def lock(self) -> Path:
        return self.path / "lock"

    def create(self) -> None:
        """Makes the folder and those below it that the launcher itself needs."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            for folder in (self.run, self.redis, self.media, self.log.parent):
                folder.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise LauncherError(f"DATA_DIR {self.path} lässt sich nicht anlegen: {error.strerror}.") from error

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Holds the copy for this process; the kernel frees the lock however the process ends."""
        self.create()
        with self.lock.open("a+") as file:
            if not _take(file.fileno()):
                raise AlreadyRunningError(
                    f"Auf {self.path} läuft schon eine Kopie (Prozess {self.lock.read_text().strip()}). "
                    "Beenden Sie sie, oder geben Sie ein anderes DATA_DIR und einen anderen PORT an."
                )
            file.truncate(0)
            file.write(str(os.getpid()))
            file.flush()
            yield

    def is_locked(self) -> bool:
        """Whether a launcher runs on this folder now."""
        if not self.lock.exists():
            return False
        with self.lock.open() as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except BlockingIOError:
                return True
            return False

    def secrets(self) -> dict[str, str]:
        """Passwords and keys of this copy, made once; readable by its owner only."""
        file = self.path / "secrets.json"
        found: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        names = ("admin_password", "owner_password", "app_password", "ops_password", "redis_password", "secret_key")
        missing = {name: secrets.token_urlsafe(48) for name in names if name not in found}
        if missing:
            found |= missing
            write_private(file, json.dumps(found, indent=1))
        return found


def _take(descriptor: int) -> bool:
    """Takes the lock, or gives up after half a second: `is_locked` elsewhere holds it for a moment."""
    for _ in range(10):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.05)
        else:
            return True
    return False


def write_private(path: Path, text: str) -> None:
    """Writes a file with mode 0600 in one step: a reader sees the old one or the whole new one."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
