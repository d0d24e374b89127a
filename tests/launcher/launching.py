"""Starts launchers as real processes, and looks for what they leave behind."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from dkbm.launcher import leftovers
from dkbm.launcher.data_dir import ROOT

GENEROUS = 60.0
GIVEN = ("DATABASE_URL", "DATABASE_OPS_URL", "DATABASE_OWNER_URL", "DATABASE_ADMIN_URL", "DATABASE_ROLE", "REDIS_URL")


def environment(data_dir: Path) -> dict[str, str]:
    """That of this process with DATA_DIR, without the services of the test run."""
    inherited = {name: value for name, value in os.environ.items() if name not in GIVEN}
    paths = os.pathsep.join((str(ROOT / "platform"), str(ROOT)))
    return {**inherited, "PYTHONPATH": paths, "DATA_DIR": str(data_dir)}


def start(*command: str, data_dir: Path) -> subprocess.Popen[str]:
    """A launcher in a process group of its own."""
    return subprocess.Popen(
        command,
        cwd=ROOT,
        env=environment(data_dir),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def read_line(process: subprocess.Popen[str]) -> str:
    """The next line of its output."""
    assert process.stdout is not None
    return process.stdout.readline().rstrip()


def wait_until(holds: Callable[[], bool]) -> bool:
    """Whether it holds within a minute."""
    deadline = time.monotonic() + GENEROUS
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.1)
    return False


def left_behind(data_dir: Path) -> list[int]:
    """Process ids of everything that a launcher on this folder has started."""
    return [*leftovers.marked(data_dir), *leftovers.working_in(data_dir / "postgres-18")]


def kill_everything(process: subprocess.Popen[str], data_dir: Path) -> None:
    """kill -9 of the launcher and of all its children, as by a machine out of memory."""
    victims = left_behind(data_dir)
    process.kill()
    process.wait()
    for victim in victims:
        try:
            os.kill(victim, signal.SIGKILL)
        except ProcessLookupError:
            continue
