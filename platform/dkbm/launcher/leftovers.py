"""Ends what an earlier launcher on the same DATA_DIR has left running, when it was killed."""

from __future__ import annotations

import contextlib
import os
import signal
import time
from collections.abc import Callable
from pathlib import Path

# In the environment of every child; read from /proc, so that no list of process ids can go stale.
MARK = "TRANSFERNETZ_DATA_DIR"


def marked(data_dir: Path) -> list[int]:
    """Process ids of children of any launcher on this folder, this process excepted."""
    wanted = f"{MARK}={data_dir}".encode()

    def carries_mark(process: Path) -> bool:
        return wanted in (process / "environ").read_bytes().split(b"\0")

    return _processes(carries_mark)


def working_in(folder: Path) -> list[int]:
    """Process ids of programs that stand in the folder, as all of PostgreSQL do in their cluster."""
    return _processes(lambda process: (process / "cwd").readlink() == folder)


def end(find: Callable[[], list[int]], first: signal.Signals, seconds: float = 15) -> None:
    """Sends `first` to all that `find` returns, waits until it returns nothing, and kills after `seconds`."""
    deadline = time.monotonic() + seconds
    _send(find(), first)
    while left := find():
        if time.monotonic() > deadline:
            _send(left, signal.SIGKILL)
        time.sleep(0.1)


def _send(processes: list[int], number: signal.Signals) -> None:
    for process in processes:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(process, number)


def _processes(belongs: Callable[[Path], bool]) -> list[int]:
    found = []
    for process in Path("/proc").iterdir():
        if not process.name.isdigit() or int(process.name) == os.getpid():
            continue
        # Other people's processes cannot be read, ended ones are gone.
        with contextlib.suppress(OSError):
            if belongs(process) and not _is_zombie(process):
                found.append(int(process.name))
    return found


def _is_zombie(process: Path) -> bool:
    return (process / "stat").read_text().rpartition(")")[2].split()[0] == "Z"
