"""Java and what Maven fetches for it: some tests run programs that are written in it.

A machine without them is told so and leaves these tests out; with ``CI=true`` they have to run, so Debian's packages
are installed where one is root, and their absence fails the tests.
"""

from __future__ import annotations

import fcntl
import functools
import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from tests.architecture.source import ROOT

PROGRAMS = ("java", "mvn")
INSTALL = (
    ("apt-get", "update", "-q"),
    ("apt-get", "install", "-q", "-y", "--no-install-recommends", "default-jre-headless", "maven"),
)
MISSING = "Java und Maven fehlen hier. Auf Debian: sudo apt-get install default-jre-headless maven"
FETCH = ("mvn", "--batch-mode", "--quiet", "dependency:copy-dependencies")


class JavaMissingError(Exception):
    """There is no Java or no Maven, and they cannot be installed; the message says how to get them."""


def must_run() -> bool:
    """Whether a missing program fails the tests that need it."""
    return os.environ.get("CI") == "true"


@functools.cache
def has_java() -> bool:
    """Raises JavaMissingError where it must be there and is not."""
    if _found():
        return True
    if not must_run():
        return False
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _install()
    if not _found():
        raise JavaMissingError(MISSING)
    return True


def jars(pom: Path, name: str) -> Path:
    """The folder ``build/NAME`` with all jars that this ``pom.xml`` asks for; fetched when it has changed."""
    folder = ROOT / "build" / name
    stamp, current = folder / ".stamp", hashlib.sha256(pom.read_bytes()).hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists() or stamp.read_text() != current:
            shutil.rmtree(folder / "lib", ignore_errors=True)
            _run((*FETCH, f"--file={pom}", f"-DoutputDirectory={folder / 'lib'}"))
            stamp.write_text(current)
    return folder / "lib"


def _found() -> bool:
    return all(shutil.which(name) for name in PROGRAMS)


def _install() -> None:
    for command in INSTALL:
        _run(command)


def _run(command: tuple[str, ...]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise JavaMissingError(f"{' '.join(command[:2])} ist fehlgeschlagen: {said}")
