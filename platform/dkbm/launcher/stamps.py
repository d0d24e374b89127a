"""Remembers from which files a step was last done, so that an unchanged step is skipped.

A stamp stands beside what the step has made and is removed with it. It is written after the step: an
interrupted step is done again, and every step can bear that.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

SKIPPED_FOLDERS = {"__pycache__", "node_modules", "launcher"}


def fingerprint(*places: Path) -> str:
    """A hash of the names and contents of files and of all files below folders; a missing one counts."""
    digest = hashlib.sha256()
    for file in _files(places):
        digest.update(f"{file}\0".encode())
        if file.exists():
            digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def is_current(stamp: Path, value: str) -> bool:
    return stamp.exists() and stamp.read_text() == value


def write(stamp: Path, value: str) -> None:
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(value)


def _files(places: Iterable[Path]) -> Iterable[Path]:
    for place in places:
        if not place.is_dir():
            yield place
            continue
        for folder, folders, names in os.walk(place):
            folders[:] = sorted(set(folders) - SKIPPED_FOLDERS)
            for name in sorted(names):
                yield Path(folder) / name
